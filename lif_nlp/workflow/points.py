"""Builds the learning points of all findings and stores them; ids are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace

from lif_nlp.frame_record import POINT_ROLES
from lif_nlp.point_records import PointEdit, PointFigures, PointSet, ReportFacts
from lif_nlp.protocols import Vectors
from lif_nlp.records import Finding
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.store.state import POINTS_MADE, POINTS_OF

NEW_SHARE = 0.25
"""New reports, as a share of those at the last full build, up to which they only meet stored
points; beyond, all are built again, as themes are.  Higher, and what only new reports share by
the pair test waits longer to become a point.  Chosen by judgement; not tuned."""


def points(session: Session, run: Run, *, rebuild: bool = False) -> PointSet:
    """The learning points of all findings in force; built again only if something changed.

    A few new reports meet the stored points; only many, or a change of labels, make a full
    build.  With `rebuild` they are built in any case; points that are found again keep their ids.
    """
    key = _inputs_key(session)
    current = session.store.points()
    if current is not None and not rebuild and session.store.note(POINTS_MADE) == key:
        run.results["points"] = {"points": len(current.points), "unchanged": True}
        return current
    from lif_nlp.workflow.decisions import Logs, commit

    logs = Logs.of(session.store)
    basis = _Basis.of(session)
    earlier = None if rebuild else _Basis.stored(session)
    grows = earlier is not None and earlier.grows_into(session, basis)
    if earlier is not None and grows:
        machine = _extended(session, set(basis.documents) - set(earlier.documents))
        # Counted from the last full build, or many small additions would never lead to one.
        basis = replace(basis, at_build=earlier.at_build)
    else:
        machine = _built(session, logs.point_edits)
    session.encode.flush()
    _, in_force = commit(session, logs, machine_points=machine)
    # Set last, so that a run which was cut short builds them again.
    session.store.set_note(POINTS_MADE, key)
    session.store.set_note(POINTS_OF, json.dumps(asdict(basis)))
    current = in_force.points
    assert current is not None
    states = {member.finding_id for member in current.members}
    # each problem, strength and action states a point, states none, or is template wording
    none, template = len(set(current.unassigned) - states), len(current.boilerplate)
    run.results["points"] = {
        "points": len(current.points),
        "extended": grows,
        "findings": len(states) + none + template,
        "findings_in_points": len(states),
        "findings_in_none": none,
        "template_wording": template,
        "notes": list(current.notes),
    }
    return current


@dataclass(frozen=True, slots=True)
class _Basis:
    """What stored points were built from.

    `labels` is a hash of the findings and facts of the `documents`, `at_build` their number
    at the last full build.
    """

    annotated_with: str
    documents: tuple[str, ...]
    labels: str
    at_build: int

    @classmethod
    def of(cls, session: Session) -> _Basis:
        """That of the workspace as it is now."""
        documents = tuple(sorted(report_facts(session)))
        labels = _labels(session, documents)
        return cls(session.annotation_key, documents, labels, len(documents))

    @classmethod
    def stored(cls, session: Session) -> _Basis | None:
        """That of the stored points, or None where there are none."""
        note = session.store.note(POINTS_OF)
        if note is None:
            return None
        fields = json.loads(note)
        return cls(**{**fields, "documents": tuple(fields["documents"])})

    def grows_into(self, session: Session, now: _Basis) -> bool:
        """Whether there are only new documents, and few of them, since the last full build."""
        return (
            self.annotated_with == now.annotated_with
            and set(self.documents) < set(now.documents)
            and len(now.documents) <= (1 + NEW_SHARE) * self.at_build
            and self.labels == _labels(session, self.documents)
        )


def _labels(session: Session, documents: Collection[str]) -> str:
    facts = report_facts(session)
    parts = [session.store.labels_digest(documents), *(repr(facts.get(d)) for d in documents)]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def _built(session: Session, log: Iterable[PointEdit]) -> PointSet:
    """The machine's points of all findings."""
    from lif_nlp.themes.points import build_points, decided_points

    findings = statable_findings(session)
    return build_points(
        findings,
        session.encode([finding.text for finding in findings]),
        session.framework,
        reports=report_facts(session),
        encode=session.encoder.encode,
        previous=session.store.machine_points(),
        lasting=decided_points(log),
    )


def statable_findings(session: Session) -> list[Finding]:
    """The findings that can state a point, sorted by id, with the scores of their roles alone."""
    # The machine's own labels, so that a corrected label can be undone without a new build.
    stored = session.store.findings(counted=True, marks=False, machine=True, scores="role:")
    return [finding for finding in stored if finding.role in POINT_ROLES]


def _extended(session: Session, new_documents: Collection[str]) -> PointSet:
    """The machine's points of the build before, with what new documents state."""
    from lif_nlp.themes.points import extend_points

    def take(finding_ids: Iterable[str]) -> tuple[list[Finding], Vectors]:
        members = list(session.store.some_findings(finding_ids, machine=True).values())
        return members, session.encode([finding.text for finding in members])

    previous = session.store.machine_points()
    assert previous is not None
    findings, vectors = take(
        sorted(f for f in session.store.counted_ids() if f.partition(":")[0] in new_documents)
    )
    return extend_points(
        previous,
        findings,
        vectors,
        session.framework,
        reports=report_facts(session),
        take=take,
        encode=session.encoder.encode,
    )


def report_facts(session: Session) -> dict[str, ReportFacts]:
    """What points need to know of each report that counts, by id."""
    documents = session.store.frame("documents")
    documents = documents[documents["status"].eq("ok") & documents["duplicate_of"].eq("")]
    columns = documents[["doc_id", "review_type", "published", "area"]].astype(str)
    return {cells[0]: ReportFacts(*cells) for cells in columns.to_numpy().tolist()}


def point_figures(session: Session, current: PointSet) -> dict[str, PointFigures]:
    """The numbers of each point, by its id."""
    from lif_nlp.themes.points import figures_of

    findings = session.store.some_findings(member.finding_id for member in current.members)
    return figures_of(current, findings, report_facts(session))


def _inputs_key(session: Session) -> str:
    """Key that changes when points would: with findings, labels, models or facts of reports."""
    facts = sorted(map(repr, report_facts(session).values()))
    parts = [session.annotation_key, session.store.labels_digest(), *facts]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()
