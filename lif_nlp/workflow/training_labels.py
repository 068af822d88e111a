"""Labels that people gave to single findings, as gold to train the models on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pandas as pd

from lif_nlp.records import Edit
from lif_nlp.runtime.session import Session
from lif_nlp.schema import make_frame
from lif_nlp.themes.revision.coders import NAMELESS
from lif_nlp.themes.revision.edit_log import in_force

Verdicts = dict[str, dict[str, dict[str, bool]]]
"""By finding and theme: each person's last decision."""


def labels(session: Session) -> pd.DataFrame:
    """One row per finding whose themes a person reviewed.

    Columns: see `schema`, table "labels"; those before `by` are the keys of a gold file of
    passages.  Only themes of the framework are training material; a decision on a sub-theme
    counts for its parent.
    """
    themes = session.store.themes()
    codes = {theme.code for theme in session.framework.themes}
    code_of = {t.theme_id: t.parent or t.theme_id for t in themes.themes} if themes else {}
    verdicts = _verdicts(in_force(session.store.edits()), codes, code_of)
    findings = session.store.some_findings(verdicts)
    rows = []
    for finding_id, by_code in sorted(verdicts.items()):
        if finding_id in findings:
            by_all = tuple(
                sorted(c for c, verdict_of in by_code.items() if all(verdict_of.values()))
            )
            by_any = tuple(
                sorted(c for c, verdict_of in by_code.items() if any(verdict_of.values()))
            )
            people = tuple(sorted({who for verdict_of in by_code.values() for who in verdict_of}))
            finding = findings[finding_id]
            judged_codes = tuple(sorted(by_code))
            rows.append(
                (finding_id, finding.doc_id, finding.text, by_all, by_any, judged_codes, people)
            )
    return make_frame("labels", rows)


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
