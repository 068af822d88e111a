"""Bytes -> words: the encoding found, and text that was decoded wrongly before put right."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")

_LONE = re.compile("[\ud800-\udfff]")
_MOJIBAKE = re.compile("â€[™˜œ\u009d“”¢¦]|Ã[©¨¢ª«§±³¶¼]|Â[£ ·]")


def decode(content: bytes) -> str:
    """Words of `content`: UTF-8 or UTF-16 by their marks, else Windows-1252.

    Text that was read as Windows-1252 and saved as UTF-8 once before ("weâ€™ve")
    is put right, since such words would never be found again.

    >>> decode("caf\\u00e9".encode("cp1252"))
    'café'
    """
    text = _decode(content)
    if _MOJIBAKE.search(text):
        text = _MOJIBAKE.sub(_repair, text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def without_lone_surrogates(value: T) -> T:
    """A record, or a text, with each half of a broken character replaced; lengths stay.

    Careless programs leave them in titles and text; neither SQLite nor a file takes them.

    >>> without_lone_surrogates("caf\\udce9") == "caf\\ufffd"
    True
    """
    made: T = _replaced(value)
    return made


def _replaced(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else _LONE.sub("\ufffd", value)
    if isinstance(value, tuple):
        made = tuple(map(_replaced, value))
        return made if made != value else value
    if is_dataclass(value) and not isinstance(value, type):
        now = {entry.name: getattr(value, entry.name) for entry in fields(value)}
        changed = {name: new for name, old in now.items() if (new := _replaced(old)) != old}
        return replace(value, **changed) if changed else value
    return value


def _decode(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _repair(found: re.Match[str]) -> str:
    try:
        return found.group().encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return "”" if found.group().endswith("\u009d") else found.group()
