"""Decodes bytes to text, and repairs text that was decoded wrongly before."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACED_CAPITALS = re.compile(r"(?<!\S)[A-Z](?: [A-Z])+(?!\S)")
_SPACED_WORD = re.compile(r"(?<!\S)[A-Z](?: [A-Z]){4}")
"""Five capitals with single spaces are a word set wide; "Plan A B" is none."""

_MOJIBAKE = re.compile("â€[™˜œ\u009d“”¢¦]|Ã[©¨¢ª«§±³¶¼]|Â[£ ·]")


def decode(content: bytes) -> str:
    """Text of `content`: UTF-8 or UTF-16 by its byte order mark, otherwise Windows-1252.

    Text that was once read as Windows-1252 and saved as UTF-8 ("weâ€™ve") is repaired,
    because no phrase would match such words.

    >>> decode("caf\\u00e9".encode("cp1252"))
    'café'
    """
    text = _decode(content)
    if _MOJIBAKE.search(text):
        text = _MOJIBAKE.sub(_repair, text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def replace_lone_surrogates(value: T) -> T:
    """A record or text in which each half of a broken character is replaced; lengths stay.

    Careless programs leave them in titles and text; neither SQLite nor a file accepts them.

    >>> replace_lone_surrogates("caf\\udce9") == "caf\\ufffd"
    True
    """
    clean: T = _clean(value)
    return clean


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        # One character for one, so that offsets stay.
        return value if value.isascii() else _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, tuple):
        items = tuple(map(_clean, value))
        return items if items != value else value
    if is_dataclass(value) and not isinstance(value, type):
        values = {entry.name: getattr(value, entry.name) for entry in fields(value)}
        changes = {name: new for name, old in values.items() if (new := _clean(old)) != old}
        return replace(value, **changes) if changes else value
    return value


def fold_spaces(text: str) -> str:
    """The text with single spaces, and with words in spaced capitals closed up.

    >>> fold_spaces("K E Y  F I N D I N G S of the   review")
    'KEY FINDINGS of the review'
    """
    if _SPACED_WORD.search(text):
        text = _SPACED_CAPITALS.sub(lambda word: word.group().replace(" ", ""), text)
    return " ".join(text.split())


def _decode(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Windows-1252, which reads any byte: Latin-1 has no curly quotation marks.
        return content.decode("cp1252", "replace")


def _repair(match: re.Match[str]) -> str:
    try:
        return match.group().encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        # The last byte of ” has no Windows-1252 character; some programs keep it as U+009D.
        return "”" if match.group().endswith("\u009d") else match.group()
