"""Where decisions speak against each other: two people, or two rows of one workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lif_nlp.themes.revision.edit_log import Edit, made_id

Said = tuple[str, ...]
"""What a decision is about: a theme's status, name or end, or whether a finding is in it."""


def disputes(before: Iterable[Edit], edits: Sequence[Edit]) -> tuple[str, ...]:
    """A sentence for each edit that says otherwise than an earlier one that stood.

    A person may think again: what the same author said in an earlier round is no dispute.

    >>> disputes([Edit("approve", "e-1", author="AB")], [Edit("reject", "e-1", author="CD")])
    ('reject e-1 (CD) stands against approve e-1 (AB); the later one is in force',)
    """
    standing: dict[Said, tuple[str, Edit, bool]] = {}
    for edit in before:
        standing.update({about: (verdict, edit, False) for about, verdict in _says(edit)})
    told = []
    for edit in edits:
        against: list[Edit] = []
        for about, verdict in _says(edit):
            other, earlier, same_round = standing.get(about, (verdict, edit, False))
            if other != verdict and (same_round or earlier.author != edit.author):
                against.append(earlier)
            standing[about] = (verdict, edit, True)
        if against:
            told.append(
                f"{_name(edit)} stands against {_name(against[0])}; the later one is in force"
            )
    return tuple(told)


def _says(edit: Edit) -> Iterator[tuple[Said, str]]:
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


def _name(edit: Edit) -> str:
    about = " ".join(part for part in (edit.action, edit.theme_id) if part)
    if edit.action in {"rename", "merge"}:
        about += f" to {edit.value}" if edit.action == "rename" else f" into {edit.value}"
    if len(edit.finding_ids) == 1:
        about += f" for {edit.finding_ids[0]}"
    who = ", ".join(part for part in (edit.author, edit.at) if part)
    return f"{about} ({who})" if who else about
