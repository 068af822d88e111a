"""Names as people type them: matched without case, blanks and hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lif_nlp.errors import UnknownNameError


def fold_name(name: str) -> str:
    """A name without case, with one blank for each run of blanks, hyphens and underscores.

    >>> fold_name(" Sexual_Harm "), fold_name("seven minute")
    ('sexual harm', 'seven minute')
    """
    return re.sub(r"[\s_-]+", " ", name).strip().casefold()


def matching_id(given: str, names: Iterable[str] | Mapping[str, str]) -> str:
    """The id that someone means by an id or a title, or "" if there is none.

    Parameters
    ----------
    given
        What they typed.
    names
        The ids, or each id with its title.

    >>> matching_id("voice of the child", {"voice_of_child": "Voice of the child"})
    'voice_of_child'
    """
    titles = names if isinstance(names, Mapping) else {name: name for name in names}
    if given in titles:
        return given
    name_key = fold_name(given)
    by_title = {fold_name(title): name for name, title in titles.items()}
    by_id = {fold_name(name): name for name in titles}
    # An id goes before the title of something else.
    return (by_title | by_id).get(name_key, "") if name_key else ""


def known_id(
    what: str,
    given: str,
    names: Iterable[str] | Mapping[str, str],
    *,
    see: str = "",
    synonyms: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The id that someone means; see `matching_id` for the parameters.

    `what`, `see` and `synonyms` are as in `UnknownNameError`, which is raised where nothing
    matches.
    """
    names = names if isinstance(names, Mapping) else list(dict.fromkeys(names))
    if name := matching_id(given, names):
        return name
    raise UnknownNameError(what, given, names, see=see, synonyms=synonyms)
