"""Compares new decisions with the log: repeats are left out, contradictions are marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lif_nlp.ids import person_theme_id
from lif_nlp.records import Edit
from lif_nlp.themes.revision.edit_log import MAKING, UNCLEAR, made_id

Subject = tuple[str, ...]
"""What an edit decides on: a theme's status, name or merge, a label, or a membership."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """New edits for the log, and the number that it already had.

    `disagreements` has a sentence for each new edit that differs from another person's; the
    later one is in force.  `left_undone` has the edits of the log that came again from the
    same export after somebody had undone them.
    """

    new_edits: tuple[Edit, ...] = ()
    repeated: int = 0
    disagreements: tuple[str, ...] = ()
    left_undone: tuple[Edit, ...] = ()


def record(log: Sequence[Edit], edits: Sequence[Edit], names: Mapping[str, str]) -> Recorded:
    """The edits that are new to the log, contradictions among them marked.

    Parameters
    ----------
    log
        All edits so far, undone ones included.
    edits
        What one person or file decides now.
    names
        Theme id by folded theme name, for edits that name their target by name.
    """
    new_edits: list[Edit] = []
    left_undone: list[Edit] = []
    disagreements: list[str] = []
    clear_edits = _without_contradictions(edits)
    verdicts = _verdicts(log)
    for edit in clear_edits:
        earlier = _same(log, edit, names)
        if earlier is not None and not earlier.active:
            left_undone.append(earlier)
        elif earlier is None:
            other = _opponent(verdicts, edit)
            if other is not None:
                disagreements.append(
                    f"{describe(edit)} differs from {describe(other)}; the later one is in force"
                )
                edit = replace(edit, reason=f"differs from {describe(other)}")  # noqa: PLW2901
            new_edits.append(_with_id(edit))
    return Recorded(
        tuple(new_edits),
        len(clear_edits) - len(new_edits) - len(left_undone),
        tuple(disagreements),
        tuple(left_undone),
    )


def describe(edit: Edit) -> str:
    """An edit in a few words, with who decided and when.

    >>> describe(Edit("rename", "e-1", "Post", author="AB", at="2024-05-01"))
    'rename e-1 to Post (AB, 2024-05-01)'
    """
    about = " ".join(part for part in (edit.action, edit.theme_id) if part)
    if edit.action in {"rename", "merge"}:
        about += f" to {edit.value}" if edit.action == "rename" else f" into {edit.value}"
    if edit.action == "relabel":
        about += f" {edit.value.replace(':', ' ')}"
    if len(edit.finding_ids) == 1:
        about += f" for {edit.finding_ids[0]}"
    who = ", ".join(part for part in (edit.author, edit.at[:10]) if part)
    return f"{about} ({who})" if who else about


def place_of(row: str) -> str:
    """The sheet and row of a decision in a workbook.

    >>> place_of("Findings 12")
    "sheet 'Findings', row 12"
    """
    sheet, _, number = row.rpartition(" ")
    return f"sheet '{sheet}', row {number}"


def _with_id(edit: Edit) -> Edit:
    if edit.action not in MAKING or edit.new_theme_id:
        return edit
    new_id = person_theme_id(edit.action, edit.theme_id, edit.value, edit.finding_ids)
    return replace(edit, new_theme_id=new_id)


def _same(log: Iterable[Edit], edit: Edit, names: Mapping[str, str]) -> Edit | None:
    """The edit of the log that this one repeats, or None.

    A decision from the same export is a repeat whatever was decided later: the person has
    not decided again, the file was only imported again.  Otherwise it is a repeat unless a
    later edit says the opposite, since people may change their mind and change it back.
    """
    content = _content(edit, names)
    later: list[Edit] = []
    for other in reversed(list(log)):
        same = _content(other, names) == content and edit.author in {"", other.author}
        # The same export taken in again: known even if it was undone or overruled since.
        if same and edit.batch and other.batch == edit.batch:
            return other
        # Said before and still in force. Said before and overruled since, it is a new decision.
        if same and other.active and not any(_rival(rival, edit) for rival in later):
            return other
        if other.active:
            later.append(other)
    return None


def _content(edit: Edit, names: Mapping[str, str]) -> tuple[object, ...]:
    target = edit.value
    if edit.action in {"merge", "reassign"}:
        target = names.get(edit.value.strip().casefold(), edit.value)
    row = edit.row if edit.action == UNCLEAR else ""
    return edit.action, edit.theme_id, target, tuple(sorted(edit.finding_ids)), row


def _rival(later: Edit, edit: Edit) -> bool:
    """Whether a later edit contradicts this one."""
    own_verdicts = dict(_says(edit))
    return any(own_verdicts.get(subject, verdict) != verdict for subject, verdict in _says(later))


def _without_contradictions(edits: Sequence[Edit]) -> list[Edit]:
    """The edits, with those that contradict another of the same person marked as unclear."""
    against: dict[int, Edit] = {}
    first: dict[tuple[str, Subject], tuple[str, int]] = {}
    for place, edit in enumerate(edits):
        for subject, verdict in _says(edit):
            other, where = first.setdefault((edit.author, subject), (verdict, place))
            if other != verdict:
                # Neither of the two is taken: nobody knows which was meant.
                against.setdefault(where, edit)
                against.setdefault(place, edits[where])
    return [
        _unclear(edit, against[place]) if place in against else edit
        for place, edit in enumerate(edits)
    ]


def _unclear(edit: Edit, other: Edit) -> Edit:
    if other.row and other.row != edit.row:
        reason = f"{place_of(other.row)} contradicts it"
    else:
        reason = f"it contradicts: {describe(replace(other, author='', at=''))}"
    value = describe(replace(edit, author="", at=""))
    return replace(edit, action=UNCLEAR, value=value, status="conflict", reason=reason)


def _verdicts(log: Iterable[Edit]) -> dict[Subject, tuple[str, Edit]]:
    """The last verdict of the log on each subject, with its edit."""
    return {
        subject: (verdict, edit)
        for edit in log
        if edit.active and edit.action != UNCLEAR
        for subject, verdict in _says(edit)
    }


def _opponent(verdicts: dict[Subject, tuple[str, Edit]], edit: Edit) -> Edit | None:
    """The edit of another person that this one contradicts; updates `verdicts` with this one."""
    opponent = None
    for subject, verdict in _says(edit):
        other, earlier = verdicts.get(subject, (verdict, edit))
        if other != verdict and earlier.author != edit.author and opponent is None:
            opponent = earlier
        verdicts[subject] = (verdict, edit)
    return opponent


def _says(edit: Edit) -> Iterator[tuple[Subject, str]]:
    theme_id, value = edit.theme_id, edit.value
    if edit.action in {"approve", "merge"}:
        yield ("status", theme_id), "kept"
    if edit.action == "reject":
        yield ("status", theme_id), "rejected"
    if edit.action == "merge":
        yield ("end", theme_id), value
    if edit.action == "rename":
        yield ("name", theme_id), value.strip().casefold()
    for finding_id in edit.finding_ids:
        if edit.action == "add":
            yield ("in", theme_id, finding_id), "yes"
        if edit.action in {"reassign", "split"}:
            yield ("in", theme_id, finding_id), "no"
        if edit.action == "reassign" and value:
            yield ("in", value, finding_id), "yes"
            yield ("to", theme_id, finding_id), value
        if edit.action == "split":
            yield ("in", made_id(edit), finding_id), "yes"
            yield ("to", theme_id, finding_id), made_id(edit)
        if edit.action == "relabel":
            layer, _, label = value.partition(":")
            yield ("label", layer, finding_id), label
