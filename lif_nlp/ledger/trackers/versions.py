"""Follows the actions of a plan from one saved version to the next.

A step keeps its id when it is renumbered, reworded, moved to another sheet or comes back.
Split and merged rows get ids of their own, and the change is told.  A row that is missing is
"not in this version", and nothing more is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lif_nlp.ids import action_id as made_id
from lif_nlp.ids import bare_ref
from lif_nlp.ledger.matching import AskMatcher, Link
from lif_nlp.ledger.numbering import find_key, listed_keys
from lif_nlp.ledger.trackers.rows import TrackerRow
from lif_nlp.ledger.words import stem_set
from lif_nlp.ledger_records import Action, ActionAsk

# Set on the invented cases d1 to d3 (November 2026).
SAME_REF_SIMILARITY = 0.5
"""Least overlap of words (0..1) of two rows under one reference that are the same step."""

SAME_WORDS_SIMILARITY = 0.7
"""The same for rows under different references: a renumbered plan."""

REWORDED_SIMILARITY = 0.1
"""Least overlap under one reference and owner that counts as the same step, put differently."""

NEAR_SIMILARITY = 0.4
"""Least overlap of stems for a row that was renumbered and reworded at once; it must be the
nearest for both, and a person is asked."""

MERGED_SHARE = 0.85
"""Share of an older row's words that a row must hold to have taken it in."""

SAME_PLAN_SHARE = 0.4
"""Share of rows known from a plan by which a file is the next version of it."""


@dataclass(frozen=True, slots=True)
class Versioned:
    """A row of the new version, the action it belongs to, and how it was recognised.

    `change` is "new", "same", "renumbered", "reworded", "split" or "merged"; `before` are the
    references or ids it came from.
    """

    row: TrackerRow
    action_id: str
    change: str
    before: tuple[str, ...] = ()


_Match = tuple[str, str, tuple[str, ...]]
"""An action's id, how it changed, and the references it had before."""

_Found = tuple[int, str, str, tuple[str, ...]]
"""The same with the place of the row in front."""


def follow_rows(
    plan_id: str, known: Sequence[Action], rows: Sequence[TrackerRow]
) -> list[Versioned]:
    """The action of each row: one that the plan had, or a new one.

    >>> def row(ref, text):
    ...     return TrackerRow("s", 1, "", ref, "", text, "", "", "", "", "", "", "", "", "", "", "")
    >>> old = [Action("x-1", "p", "1", "Write the guidance on bruising")]
    >>> [v.change for v in follow_rows("p", old, [row("A7", "Write the guidance on bruising")])]
    ['renumbered']
    """
    matched: dict[int, _Match] = {}
    free = {action.action_id: action for action in known}
    _take(
        matched,
        free,
        [
            *_said(known, rows),
            *_merged(known, rows),
            *_divided(known, rows),
            *_lettered(known, rows),
        ],
    )
    # From the surest to the least sure; each sees only what those before it left.
    for rule in (_same_ref, _same_words, _reworded, _nearest, _blank):
        _take(matched, free, rule(free, rows, matched))
    results = []
    for place, row in enumerate(rows):
        action_id, change, before = matched.get(place, ("", "", ()))
        if not change:
            parent = next(
                (a for a in free.values() if row.ref and bare_ref(a.ref) == _parent(row.ref)), None
            )
            change, before = ("split", (parent.ref,)) if parent else ("new", ())
        own_id = action_id or made_id(plan_id, row.ref, row.text)
        results.append(Versioned(row, own_id, change, before))
    return results


def _take(matched: dict[int, _Match], free: dict[str, Action], pairs: Iterable[_Found]) -> None:
    for place, action_id, change, before in pairs:
        # Merged and split rows have no older id to take.
        if place not in matched and (not action_id or action_id in free):
            matched[place] = action_id, change, before
            free.pop(action_id, None)


_WAS = re.compile(
    r"\b(?:was|were|formerly|previously|old (?:ref|no|number)\.?|ex|replaces)\s+(?:action "
    r"|ref |no\.? ?)?"
    r"(?P<refs>[A-Za-z]{0,3}-?\d+(?:\.\d+)*[a-z]?(?:\s*(?:,|and|&|\+)\s*[A-Za-z]{0,3}-?\d+(?:\.\d+)*[a-z]?)*)\b",
)


def _said(known: Sequence[Action], rows: Sequence[TrackerRow]) -> Iterator[_Found]:
    """What the sheet itself says of its numbers: "was a1", "merged (was 1 and 5)"."""
    by_ref = {bare_ref(action.ref): action for action in known}
    for place, row in enumerate(rows):
        match = _WAS.search(f"{row.progress} {row.text}")
        refs = re.findall(r"[A-Za-z]{0,3}-?\d+(?:\.\d+)*[a-z]?", match["refs"]) if match else []
        olds = [by_ref[bare_ref(ref)] for ref in refs if bare_ref(ref) in by_ref]
        # A number alone may be that of a recommendation or of another plan.
        near = [old for old in olds if _share(old.text, row.text) >= SAME_REF_SIMILARITY]
        if len(near) == 1 and len(refs) == 1:
            yield place, near[0].action_id, "renumbered", (near[0].ref,)
        elif len(near) > 1:
            yield place, "", "merged", tuple(old.ref for old in near)


def _merged(known: Sequence[Action], rows: Sequence[TrackerRow]) -> Iterator[_Found]:
    texts = {action.text: action for action in known if len(_words(action.text)) >= 2}
    for place, row in enumerate(rows):
        inside = [
            action for text, action in texts.items()
            if text != row.text and len(_words(text)) < len(_words(row.text))
            and _share(text, row.text) >= MERGED_SHARE
        ]  # fmt: skip
        # A row that holds one older row only is that row with more words.
        if len(inside) >= 2 and row.text not in texts:
            yield place, "", "merged", tuple(action.ref for action in inside)


def _divided(known: Sequence[Action], rows: Sequence[TrackerRow]) -> Iterator[_Found]:
    """Rows that an older one held together: "Vary contract; add trigger"."""
    old = {action.text for action in known}
    for action in known:
        parts = [
            place for place, row in enumerate(rows)
            if row.text and row.text not in old
            and len(_words(row.text)) < len(_words(action.text))
            and _share(row.text, action.text) >= MERGED_SHARE
        ]  # fmt: skip
        if len(parts) >= 2:
            yield from ((place, "", "split", (action.ref,)) for place in parts)


def _lettered(known: Sequence[Action], rows: Sequence[TrackerRow]) -> Iterator[_Found]:
    """Rows under the letters of an old number: 4 became 4a and 4b."""
    refs = {bare_ref(row.ref) for row in rows}
    for action in known:
        parts = [
            place
            for place, row in enumerate(rows)
            if row.ref and _parent(row.ref) == bare_ref(action.ref) != bare_ref(row.ref)
        ]
        old_refs = {bare_ref(other.ref) for other in known}
        new = all(bare_ref(rows[place].ref) not in old_refs for place in parts)
        if len(parts) >= 2 and new and bare_ref(action.ref) and bare_ref(action.ref) not in refs:
            yield from ((place, "", "split", (action.ref,)) for place in parts)


def _same_ref(
    free: Mapping[str, Action], rows: Sequence[TrackerRow], matched: Mapping[int, _Match]
) -> Iterator[_Found]:
    for place, row in enumerate(rows):
        for action in list(free.values()):
            same = row.ref and bare_ref(row.ref) == bare_ref(action.ref)
            if same and _similarity(row.text, action.text) >= SAME_REF_SIMILARITY:
                yield place, action.action_id, "same", (action.ref,)
                break


def _same_words(
    free: Mapping[str, Action], rows: Sequence[TrackerRow], matched: Mapping[int, _Match]
) -> Iterator[_Found]:
    pairs = sorted(
        (-_similarity(row.text, action.text), place, action.action_id, action.ref)
        for place, row in enumerate(rows)
        if place not in matched
        for action in free.values()
    )
    for negative, place, action_id, ref in pairs:
        if -negative >= SAME_WORDS_SIMILARITY:
            yield (
                place,
                action_id,
                "renumbered" if bare_ref(ref) != bare_ref(rows[place].ref) else "same",
                (ref,),
            )


def _reworded(
    free: Mapping[str, Action], rows: Sequence[TrackerRow], matched: Mapping[int, _Match]
) -> Iterator[_Found]:
    for place, row in enumerate(rows):
        for action in free.values():
            if (
                place in matched
                or not row.ref
                or bare_ref(row.ref) != bare_ref(action.ref)
                or not action.text
            ):
                continue
            near = _similarity(row.text, action.text) >= REWORDED_SIMILARITY
            # With hardly a word in common, the owner has to speak for it as well.
            if near and _similarity(row.owner, action.owner_body) > 0:
                yield place, action.action_id, "reworded", (action.ref,)
                break


def _nearest(
    free: Mapping[str, Action], rows: Sequence[TrackerRow], matched: Mapping[int, _Match]
) -> Iterator[_Found]:
    """A row and a step that are nearer to each other than to any other."""
    near = {
        (place, action.action_id): score
        for place, row in enumerate(rows)
        if place not in matched
        for action in free.values()
        if (score := _overlap(row.text, action.text)) >= NEAR_SIMILARITY
    }
    for (place, action_id), score in sorted(near.items(), key=lambda item: (-item[1], item[0])):
        # Pairs that share the row or the step, not both.
        others = [s for (p, a), s in near.items() if (p == place) != (a == action_id)]
        # Two that are as near leave it open which is meant, so neither is taken.
        if all(score > other for other in others):
            yield place, action_id, "reworded", (free[action_id].ref,)


def _overlap(one: str, other: str) -> float:
    a, b = stem_set(one), stem_set(other)
    return len(a & b) / len(a | b) if a and b else 0.0


def _blank(
    free: Mapping[str, Action], rows: Sequence[TrackerRow], matched: Mapping[int, _Match]
) -> Iterator[_Found]:
    """A step that had no words yet, under the same owner, and no other could be meant."""
    blank = [action for action in free.values() if not action.text.strip()]
    for action in blank:
        fits = [
            place for place, row in enumerate(rows)
            if place not in matched and row.text and row.owner == action.owner_body
        ]  # fmt: skip
        if len(fits) == 1:
            yield fits[0], action.action_id, "reworded", (action.ref,)


def _parent(ref: str) -> str:
    """The reference without its last part: "5.4(ii)" gives "54", "4a" gives "4"."""
    return bare_ref(re.sub(r"(?:\([a-z]+\)|[a-z]|[./-]\d+)\W*$", "", ref.strip().lower()))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _similarity(one: str, other: str) -> float:
    a, b = _words(one), _words(other)
    # Two rows without words are alike.
    return len(a & b) / len(a | b) if a and b else float(not a and not b)


def _share(part: str, whole: str) -> float:
    a = _words(part)
    return len(a & _words(whole)) / len(a) if a else 0.0


def same_plan(known: Sequence[Action], rows: Sequence[TrackerRow]) -> float:
    """The share of rows (0..1) whose step an existing plan has."""
    if not known or not rows:
        return 0.0
    hits = sum(
        any(
            _similarity(row.text, action.text) >= SAME_WORDS_SIMILARITY and bool(row.text.strip())
            for action in known
        )
        for row in rows
    )
    return hits / len(rows)


def link_actions(versioned: Sequence[Versioned], matcher: AskMatcher) -> list[ActionAsk]:
    """The recommendations that each action answers to: by number, else by words.

    A column of recommendations goes before the action's own reference, which may be a mere
    running number.  One action may answer several, and several one.
    """
    running = any(_column_keys(v.row, matcher) for v in versioned) or _is_running(
        versioned, matcher
    )
    links: dict[tuple[str, str], ActionAsk] = {}
    for item in versioned:
        for link in _links(item.row, matcher, running=running):
            links.setdefault(
                (item.action_id, link.ask_id),
                ActionAsk(item.action_id, link.ask_id, link.link_by, link.score, link.conflict),
            )
    return list(links.values())


def _is_running(versioned: Sequence[Versioned], matcher: AskMatcher) -> bool:
    """Whether references merely count the rows: their words point to other recommendations."""
    agree = against = 0
    for item in versioned:
        key = find_key(item.row.ref, matcher.keys) if item.row.ref else ""
        ask = matcher.by_key(key) if key else None
        link = matcher.by_words(item.row.text) if ask else None
        if ask and link:
            agree += link.ask_id == ask.ask_id
            against += link.ask_id != ask.ask_id
    return against > agree


def _column_keys(row: TrackerRow, matcher: AskMatcher) -> tuple[str, ...]:
    cell = row.recommendation
    # Some sheets have one column for both, and numbers in a sentence are not references.
    if not cell or cell == row.text:
        return ()
    mentioned_keys = tuple(dict.fromkeys(k for m in matcher.mentioned(cell) for k in m.keys))
    if mentioned_keys:
        return mentioned_keys
    numbers = len(cell.split()) <= 3 or re.match(
        r"\W*(?:[A-Z]{0,3}\.?\s?\d|\w+(?: \([ivx]+\)| and)*\s?[:.])", cell
    )
    return listed_keys(cell, matcher.keys) if numbers else ()


def _links(row: TrackerRow, matcher: AskMatcher, *, running: bool) -> list[Link]:
    words = f"{row.recommendation if row.recommendation != row.ref else ''} {row.text}"
    keys = _column_keys(row, matcher)
    if not keys and not running and row.ref:
        key = find_key(row.ref, matcher.keys)
        keys = (key,) if key else ()
    links = []
    for key in keys:
        ask = matcher.by_key(key)
        if ask:
            conflict = matcher.contradicts(ask, words) if len(keys) == 1 else ""
            links.append(Link(ask.ask_id, "number", 1.0, conflict))
    if links:
        return links
    if row.recommendation and (ask := matcher.quoted(row.recommendation)):
        return [Link(ask.ask_id, "words", 1.0)]
    link = matcher.by_words(row.recommendation) if row.recommendation else None
    link = link or matcher.by_words(words)
    return [link] if link else []
