"""Reads recommendations, answers and checks from the documents of a workspace."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ledger.answer_reading import without_parts
from lif_nlp.ledger.answers import answers_of, answers_told
from lif_nlp.ledger.asks import asks_of
from lif_nlp.ledger.checks import checks_of
from lif_nlp.ledger.documents import are_minutes, kind_by_words, kind_of
from lif_nlp.ledger.matching import AskMatcher, Encoded
from lif_nlp.ledger.research import research_of
from lif_nlp.ledger.review_links import ReviewLinker, ReviewWords
from lif_nlp.ledger.sections import NO_SUBJECT, Subject, has_part_about
from lif_nlp.ledger.words import sentences
from lif_nlp.ledger_records import Action, ActionAsk, Answer, Ask, Check, FollowUp
from lif_nlp.records import Document
from lif_nlp.runtime.session import Session

Linked = TypeVar("Linked", Answer, Check)

_PLAN = re.compile(r"\b(?:action plan|improvement plan|tracker)\b", re.IGNORECASE)
FOLLOW_UP_ONLY = ("response", "annual report")
"""Kinds of document whose own lists are no recommendations of a review."""


def read_documents(session: Session, language: StatusLanguage) -> list[str]:
    """Read asks, answers and checks again, and return what a person should decide.

    Everything read before is replaced in one transaction; people's decisions on links are
    applied to what is read.
    """
    ledger = session.store.ledger
    own, further_documents = _stored(session), ledger.documents()
    spans = _recommended(session)
    asks = {d.doc_id: asks_of(d, spans.get(d.doc_id, ())) for d in own if _is_review(d)}
    linker = linker_of(asks, own)
    decisions_by_record = _by_record(ledger.link_decisions("follow_up"))
    _prepare(further_documents, language)
    # a title may not say what a document is; one that was given as a follow-up is one
    given_by_user = {
        document.doc_id: kind_by_words(document, language) for document in further_documents
    }
    follow_ups = [
        follow_up
        for document in (*own, *further_documents)
        if (
            follow_up := _follow_up(
                document,
                linker,
                decisions_by_record,
                given_by_user.get(document.doc_id),
                asks_itself=len(asks.get(document.doc_id, ())) > 1,
            )
        )
    ]
    documents = {document.doc_id: document for document in (*own, *further_documents)}
    _prepare((documents[item.doc_id] for item in follow_ups if item.to_doc), language)
    matchers = _Matchers(session, asks)
    answers: list[Answer] = []
    subjects = {
        doc_id: Subject(documents[doc_id].title, documents[doc_id].text)
        for doc_id in {item.to_doc for item in follow_ups if item.to_doc}
    }
    for item in follow_ups:
        document = documents[item.doc_id]
        if item.to_doc and (item.kind != "check" or are_minutes(document)):
            matcher, subject = matchers.of(item.to_doc), subjects[item.to_doc]
            whole: list[Answer] = []
            if item.kind == "annual report" and has_part_about(document, subject):
                # its part on one review goes through the recommendations as a response does
                whole = answers_of(document, matcher, language, subject, is_told=True)
            read = answers_of if item.kind == "response" else answers_told
            answers += whole + without_parts(read(document, matcher, language, subject), whole)
    answers = _decided(answers, ledger.link_decisions("answer"))
    # Checks often use the words of the answer, not those of the recommendation.
    matchers.take(answers)
    checks: list[Check] = []
    for item in follow_ups:
        if item.kind != "response" and (item.to_doc or item.doc_id in given_by_user):
            matcher = matchers.of(item.to_doc)
            subject = subjects.get(item.to_doc, NO_SUBJECT)
            checks += checks_of(documents[item.doc_id], item.kind, matcher, language, subject)
    checks = _decided(checks, ledger.link_decisions("check"))
    places = _findings(session)
    works = [
        work for document in own for work in research_of(document, places.get(document.doc_id, ()))
    ]
    listed_asks = [ask for group in asks.values() for ask in group]
    ledger.replace_read([*listed_asks, *follow_ups, *answers, *checks, *works])
    return _questions(follow_ups, answers)


def _prepare(documents: Iterable[Document], language: StatusLanguage) -> None:
    """Let models read the sentences of documents at once, which is quicker than one by one."""
    if language.trained is None:
        return
    units = (
        unit
        for document in documents
        for block in document.blocks
        if block.kind != "heading"
        for unit in sentences(document.text[block.start : block.end])
    )
    language.trained.prepare(units, language)


def _stored(session: Session) -> tuple[Document, ...]:
    """The workspace's reports, without duplicates."""
    frame = session.store.frame("documents")
    ok = frame[frame["status"].eq("ok") & frame["duplicate_of"].eq("")]
    return tuple(session.store.document(doc_id) for doc_id in ok["doc_id"])


def _recommended(session: Session) -> Mapping[str, Sequence[tuple[int, int, str]]]:
    """Places of the findings that ask for something, by document."""
    return _places(session.store.frame("recommendations")["finding_id"])


def _findings(session: Session) -> Mapping[str, Sequence[tuple[int, int, str]]]:
    rows = session.store.connection.execute("SELECT finding_id FROM findings")
    return _places(finding_id for (finding_id,) in rows)


def _places(finding_ids: Iterable[str]) -> Mapping[str, Sequence[tuple[int, int, str]]]:
    places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for finding_id in finding_ids:
        # An id of a finding says where it stands: "document:start-end".
        doc_id, _, span = str(finding_id).rpartition(":")
        start, _, end = span.partition("-")
        places[doc_id].append((int(start), int(end), str(finding_id)))
    return {doc_id: sorted(spans) for doc_id, spans in places.items()}


def _is_review(document: Document) -> bool:
    return kind_of(document) not in FOLLOW_UP_ONLY and not _PLAN.search(document.title)


def linker_of(asks: Mapping[str, Sequence[Ask]], documents: Iterable[Document]) -> ReviewLinker:
    """What links a text to one of the workspace's reviews that ask for something."""
    return ReviewLinker(
        [
            ReviewWords(
                d.doc_id, d.title, d.area, d.published, d.source, d.text, tuple(asks[d.doc_id])
            )
            for d in documents
            if asks.get(d.doc_id)
        ]
    )


def stored_linker(session: Session) -> ReviewLinker:
    """The same from the recommendations that are stored."""
    asks: dict[str, list[Ask]] = defaultdict(list)
    for ask in session.store.ledger.records(Ask):
        asks[ask.doc_id].append(ask)
    return linker_of(asks, _stored(session))


def _by_record(decisions: Mapping[tuple[str, str], str]) -> Mapping[str, Mapping[str, str]]:
    """What people decided on the links of each record: "yes" or "no", by what it is linked to."""
    of_record: dict[str, dict[str, str]] = defaultdict(dict)
    for (record_id, target), decision in decisions.items():
        of_record[record_id][target] = decision
    return of_record


def _confirmed(decisions: Mapping[str, str]) -> str | None:
    """What a person linked a record to, "" for nothing; None if nobody confirmed a link."""
    targets = [target_id for target_id, decision in decisions.items() if decision == "yes"]
    return targets[-1] if targets else None


def _follow_up(
    document: Document,
    linker: ReviewLinker,
    decided: Mapping[str, Mapping[str, str]],
    given: str | None,
    *,
    asks_itself: bool = False,
) -> FollowUp | None:
    """What the document follows up; one that the user gave is listed even if nothing is clear.

    A report that recommends something itself (`asks_itself`) is a review of its own, unless it
    is clearly about an earlier one.
    """
    kind = given or kind_of(document)
    if not kind:
        return None
    follow_up = FollowUp(
        doc_id=document.doc_id,
        kind=kind,
        source=document.source,
        title=document.title,
        published=document.published,
        area=document.area,
    )
    decisions = decided.get(document.doc_id, {})
    if (review := _confirmed(decisions)) is not None:
        return replace(follow_up, to_doc=review, link_by="person", score=1.0)
    link = linker.link(
        document.text,
        title=document.title,
        source=document.source.rsplit("/", 1)[-1],
        area=document.area,
        published=document.published,
        doc_id=document.doc_id,
        is_given=given is not None,
    )
    if link and asks_itself and link.score < OWN_REVIEW_SCORE:
        link = None
    # A link that a person refused is not offered again.
    if link and decisions.get(link.doc_id) != "no":
        return replace(follow_up, to_doc=link.doc_id, link_by=link.link_by, score=link.score)
    return follow_up if given else None


OWN_REVIEW_SCORE = 0.5
"""Least score (0..1) of a link from a report that recommends something itself; judgement on
invented cases, November 2026: reviews of one time share places, services and wording."""


class _Matchers:
    """One matcher for each review, with the words of its actions and answers."""

    def __init__(self, session: Session, asks: Mapping[str, Sequence[Ask]]) -> None:
        self._asks, self._encode = asks, encoded_by(session)
        self._further: dict[str, list[str]] = defaultdict(list)
        texts = {a.action_id: a.text for a in session.store.ledger.records(Action)}
        for link in session.store.ledger.records(ActionAsk):
            self._further[link.ask_id].append(texts.get(link.action_id, ""))

    def take(self, answers: Iterable[Answer]) -> None:
        """Let the words of answers count for their recommendations from now on."""
        for answer in answers:
            self._further[answer.ask_id].append(answer.quote)

    def of(self, doc_id: str) -> AskMatcher:
        """The matcher of one review."""
        return AskMatcher(self._asks.get(doc_id, ()), self._encode, self._further)


def encoded_by(session: Session) -> Encoded | None:
    """Vectors of texts by the workspace's encoder, or None where they have no meaning in it."""
    # the hashed encoder's vectors say which words two texts share, which the matcher counts itself
    return None if session.encoder_name == "hashed" else session.encode


def _decided(records: Iterable[Linked], decisions: Mapping[tuple[str, str], str]) -> list[Linked]:
    """Answers or checks as people decided: refused links are loosened, others named or kept."""
    of_record = _by_record(decisions)
    return [_as_decided(record, of_record.get(_id_of(record), {})) for record in records]


def _id_of(record: Answer | Check) -> str:
    return record.answer_id if isinstance(record, Answer) else record.check_id


def _as_decided(record: Linked, decisions: Mapping[str, str]) -> Linked:
    if (ask_id := _confirmed(decisions)) is not None:
        confirmed = replace(record, ask_id=ask_id, link_by="person", score=1.0)
        return replace(confirmed, conflict="") if isinstance(confirmed, Answer) else confirmed
    if decisions.get(record.ask_id) == "no":
        return replace(record, ask_id="", link_by="none", score=0.0)
    return record


def _questions(follow_ups: Sequence[FollowUp], answers: Sequence[Answer]) -> list[str]:
    unlinked = [
        f"{item.source.rsplit('/', 1)[-1]}: which review does it follow up? "
        f"say so with: lif follow FILE --review ID"
        for item in follow_ups
        if not item.to_doc
    ]
    conflicts = [f"answer {a.answer_id}: {a.conflict}" for a in answers if a.conflict]
    return [*unlinked, *conflicts]
