"""Labels that people gave to single findings, as gold to train the models on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import pandas as pd

from lif_nlp.records import Edit
from lif_nlp.runtime.session import Session
from lif_nlp.schema import make_frame
from lif_nlp.themes.revision.coders import NAMELESS
from lif_nlp.themes.revision.edit_log import LABELLING, in_force

Verdicts = dict[str, dict[str, dict[str, bool]]]
"""By finding and theme: each person's last decision."""

Corrections = dict[tuple[str, str], dict[str, str]]
"""By finding and layer (role or why): the label that each person gave last."""


def labels(session: Session) -> pd.DataFrame:
    """One row per finding whose themes, role or reason a person reviewed.

    Columns: see `schema`, table "labels"; those before `by` are the keys of a gold file.  Only
    themes of the framework are training material; a decision on a sub-theme counts for its
    parent.
    """
    themes = session.store.themes()
    codes = {theme.code for theme in session.framework.themes}
    code_of = {t.theme_id: t.parent or t.theme_id for t in themes.themes} if themes else {}
    edits = in_force(session.store.edits())
    verdicts, corrections = _verdicts(edits, codes, code_of), _corrections(edits)
    findings = session.store.some_findings({*verdicts, *(id for id, _ in corrections)})
    rows = []
    for finding_id, finding in sorted(findings.items()):
        by_code = verdicts.get(finding_id, {})
        by_layer = [corrections.get((finding_id, layer), {}) for layer in ("role", "why")]
        people = {*chain.from_iterable(by_code.values()), *chain.from_iterable(by_layer)}
        rows.append(
            (
                finding_id,
                finding.doc_id,
                finding.text,
                tuple(sorted(code for code, is_in in by_code.items() if all(is_in.values()))),
                tuple(sorted(code for code, is_in in by_code.items() if any(is_in.values()))),
                tuple(sorted(by_code)),
                *map(_agreed, by_layer),
                tuple(sorted(people)),
            )
        )
    return make_frame("labels", rows)


def _agreed(labels_given: Mapping[str, str]) -> str:
    """The label that all people gave, or empty."""
    distinct = set(labels_given.values())
    return distinct.pop() if len(distinct) == 1 else ""


def _corrections(edits: Iterable[Edit]) -> Corrections:
    corrections: Corrections = defaultdict(dict)
    for edit in edits:
        if edit.action in LABELLING:
            layer, _, label = edit.value.partition(":")
            for finding_id in edit.finding_ids:
                # What one person says later replaces what the same person said before.
                corrections[finding_id, layer][edit.author or NAMELESS] = label
    return corrections


def _verdicts(edits: Iterable[Edit], codes: set[str], code_of: dict[str, str]) -> Verdicts:
    verdicts: Verdicts = defaultdict(lambda: defaultdict(dict))
    for edit in edits:
        for theme_id, belongs in _verdicts_of(edit):
            code = code_of.get(theme_id, theme_id)
            # a finding can be outside a sub-theme and still belong to its parent
            if code in codes and (belongs or code == theme_id):
                for finding_id in edit.finding_ids:
                    verdicts[finding_id][code][edit.author or NAMELESS] = belongs
    return verdicts


def _verdicts_of(edit: Edit) -> Iterator[tuple[str, bool]]:
    """Themes that an edit says its findings belong to, or do not belong to."""
    if edit.action == "add":
        yield edit.theme_id, True
    if edit.action == "reassign":
        yield edit.theme_id, False
        if edit.value:
            yield edit.value, True
