"""Recommendations as printed: their number, their whole words, and whom they are put to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lif_nlp.ids import text_key
from lif_nlp.ledger.numbering import number_key
from lif_nlp.ledger_records import Ask
from lif_nlp.records import Block, Document
from lif_nlp.text.number_words import ORDINALS

_HEADING = re.compile(
    r"\brecommend|\bactions? (?:for|to|needed|required)|\bwhat (?:should|must|needs? to"
    r"|we ask|has to)"
    r"|\bnext steps\b|\bwe (?:ask|recommend)|\b(?:points|matters|questions) for (?:the|action)"
    r"|\blearning (?:points|and actions)|\bfor improvement\b|\basks?\b|\basking\b|\bwhat (?:is|was)"
    r" (?:asked|wanted)",
    re.IGNORECASE,
)
_OTHER_HEADING = re.compile(
    r"\b(?:points|matters|questions|challenges|considerations|messages) (?:for|to) (?:the"
    r"|action|all|each|every|leaders|local|partners)"
    r"|\bproposals?\b|\bwe (?:propose|would like to see|want to see)"
    r"|\bmatters? of concern\b|\bcoroner[’']?s concerns?\b|\bmust (?:now )?(?:change|happen)\b"
    r"|\b(?:priorities|improvements?|changes) (?:for (?:change|action|practice)|needed|required"
    r"|sought|we want|asked for)\b",
    re.IGNORECASE,
)
"""Headings of lists that count only where no list is called recommendations."""

_NEAR_HEADING = re.compile(
    r"\blearning\b|\blessons?\b|\b(?:moving|going|way) forward\b|\bconclusions?\b|\bwhere (?:next"
    r"|this leaves)|\bareas? for (?:development|change)|\bconsiderations?\b|\bchallenges?\b"
    r"|\bwhat (?:comes|happens) next\b",
    re.IGNORECASE,
)
"""Headings below which a part counts only if it has a label, or says what should be done."""

_OF_EARLIER = re.compile(
    r"\bprogress (?:on|with|against)\b|\b(?:last year[’']s|previous|earlier) recommendations?\b"
    r"|^(?!.*\brecommend).*\b(?:response|action plan)\b",
    re.IGNORECASE,
)
"""Headings over what was asked before, or over a response or a plan that a review prints too."""

_LABELLED = re.compile(
    r"^(?:local |national |single[- ]agency |multi[- ]agency )?(?:recommendation|proposal|challenge"
    r"|learning point|ask)\s*(?:no\.?\s*|number\s*)?(?:\d{1,2}(?:\.\d+)*[a-z]?|[ivx]+|[A-Z]|one"
    r"|two|three|four|five|six|seven|eight|nine|ten)\b\s*[:.–—-]",
    re.IGNORECASE,
)
"""A part with such a label is a recommendation wherever it stands."""

_RECOMMENDS = re.compile(
    r"^\W*(?:\d+(?:\.\d+)*\W+)?(?:we|i|the (?:panel|reviewers?|review)|it is)\s+"
    r"(?:(?:therefore|also|further|strongly)\s+)?recommend(?:s|ed)? that\b"
    r"|^[^.;]{1,60}\b(?:may|might) wish to consider\b",
    re.IGNORECASE,
)
"""A paragraph that recommends outright, for reviews whose recommendations stand in the text."""

_LABEL = re.compile(
    r"^(?P<label>(?:(?:local |national |single[- ]agency |multi[- ]agency )?"
    r"(?:recommendation|rec\.?|learning point|action|proposal|ask|challenge)\s*"
    r"(?:no\.?\s*|number\s*)?(?:\d+(?:\.\d+)*[a-z]?|[ivx]+\b|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|[A-H](?=\s?[.:)]))(?:\s*\([a-z]{1,4}\))?"
    r"|[A-Z]{1,6}\d{0,4}(?:[-/]\d{2,4})?[-/]\d{1,3}(?=[\s:.])|[A-Z]{1,3}[\s/-]?\d{1,2}(?:\.\d+)*(?:\s?\([a-h]\))?|[A-H](?=[.):]\s)|\d{1,2}(?:\.\d+)*[a-z]?(?=[.):\s])|\([a-z0-9]{1,2}\))"
    r")\s*[:.)\]–—-]*\s*",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"(?<=[.;:] )(?=(?:Recommendation\s+\d+|R\d+|[A-Z]{1,6}\d{0,4}-\d{2}|\d{1,2}\.\d{1,2})"
    r"[.: ]\s*(?=[A-Z]))"
)
_LETTERED = re.compile(r"(?:(?<=[.;:,] )|(?<=[;,] and ))(?=\((?:[a-h]|\d|i{1,3}|iv|v)\) )")
_OUTRIGHT = re.compile(
    r"(?<=[.;] )(?=(?:we|the (?:panel|reviewers?|review)|it is)\s+(?:(?:therefore|also|further"
    r"|strongly)\s+)?recommend(?:s|ed)? that\b)",
    re.IGNORECASE,
)
"""Where a paragraph, after its finding, goes on to recommend outright."""

_IN_TURN = re.compile(
    rf"(?:^|(?<=[.;:] ))(?=(?:{'|'.join(ORDINALS[:8])}|finally|lastly)(?:ly)?, )", re.IGNORECASE
)
_LEADING_ORDINAL = re.compile(
    rf"^(?P<word>{'|'.join(ORDINALS[:8])}|finally|lastly)(?:ly)?,\s+", re.IGNORECASE
)
_NUMBER_COLUMN = re.compile(
    r"^\W*(?:no|nos|ref|rec|number|r|#|rec\.? ?no|recommendation (?:no|number))\W*$", re.I
)
_TEXT_COLUMN = re.compile(r"recommend|what (?:we|should|is)|\baction|\bask|proposal|learning", re.I)
_OWNER_COLUMN = re.compile(
    r"owner|lead|responsib|\bwho\b|for whom|\bfor\b|address|agency|body", re.I
)
_NATIONAL = re.compile(
    r"\bnational panel\b|\bgovernment\b|\bdepartment (?:for|of)\b|\bnhs england\b|\bministers?\b"
    r"|\bhome office\b|\bofsted\b|\bnationally\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^(?:it is recommended that |that |we (?:recommend|ask) that )?(?P<who>(?:the |all "
    r"|each |every )?"
    r"[A-Z0-9a-z][^.;:]{1,100}?)\s+(?:should|must|shall|needs? to|ought to|to (?!be\b)(?=[a-z]+ )"
    r"|is asked|are asked|will\b|(?:begins?|invites?|asks?|writes?|provides?|makes?|gives?)\b)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:how|what|when|where|why|who|whom|whose|which|if|can|could|would)\b"
    r"|\b(?:do|does|did|is|are|was|were) (?:you|we|they|it|there|this|that|he|she)\b"
    r"|\b(?:you|we|they|he|she) (?:know|think|believe|feel|see|find|found|heard|are|were|had)\b",
    re.IGNORECASE,
)
"""A question, or a clause with its verb: no addressee."""

_QUESTION = re.compile(
    r"(?:how|what|when|where|why|who|which|do|does|did|is|are|has|have|can)\b[^.?]*\?",
    re.IGNORECASE,
)
"""A question at the start of a row or a paragraph outside any list: it asks for no step."""

_SHOULD = re.compile(r"\b(?:should|must|shall|needs? to|ought to|recommend)\b", re.IGNORECASE)

MIN_BULLETS = 3
"""Bullets that make a list, beside which other paragraphs introduce or comment."""

MIN_WORDS = 5
"""Words of a recommendation; a shorter line is a heading or a label."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a recommendations section: its printed number, words and place."""

    number: str
    text: str
    page: int
    start: int
    addressees: str = ""
    bullet: bool = False


def asks_of(document: Document, recommended: Iterable[tuple[int, int, str]]) -> list[Ask]:
    """The recommendations of a review, in reading order.

    Parameters
    ----------
    document
        The review as it was read.
    recommended
        Start, end and id of each finding that the annotator took for a recommendation.

    Notes
    -----
    A block is one recommendation, however many sentences it has.  Where the review has a
    section of recommendations, sentences elsewhere that merely say "should" are left out,
    unless they carry a printed label.
    """
    spans = list(recommended)
    parts = _numbered(document, _listed(document))
    # No heading showed a list, so sentences labelled as recommendations make it.
    if len(parts) < 2:
        others = [
            part
            for block in document.blocks
            if any(block.start <= start < block.end for start, *_ in spans)
            or (
                block.kind == "paragraph"
                and (
                    _RECOMMENDS.match(document.text[block.start : block.end])
                    or _OUTRIGHT.search(document.text[block.start : block.end])
                )
            )
            for part in _parts(document, block)
            if not _QUESTION.match(part.text)
        ]
        starts = {part.start for part in parts}
        parts += [part for part in _numbered(document, others) if part.start not in starts]
        parts.sort(key=lambda part: part.start)
    return _as_asks(document, parts, spans)


def _listed(document: Document) -> list[_Part]:
    """The parts that stand in a list of recommendations, or that a label makes one."""
    certain: list[_Part] = []
    named: list[_Part] = []
    likely: list[_Part] = []
    possible: list[_Part] = []
    above: tuple[str, ...] = ()
    is_announced = False
    for block in document.blocks:
        words = document.text[block.start : block.end].strip()
        # a numbered sentence may be set as a heading; a numbered title asks nothing
        number = block.number or _LABEL.match(words)
        asks = number and len(words.split()) >= MIN_WORDS and words.endswith((".", "?"))
        if block.kind == "heading" and not asks:
            above = (words,)
            continue
        # Two levels, as a list may stand under "For health" under "Recommendations".
        headings = block.heading[-2:] or above
        if any(_OF_EARLIER.search(heading) for heading in headings):
            continue
        if any(_HEADING.search(heading) for heading in headings) or _LABELLED.match(words):
            parts = list(_parts(document, block))
            certain += parts
            if any("recommend" in heading.lower() for heading in headings):
                named += parts
        elif any(_OTHER_HEADING.search(heading) for heading in headings):
            likely += _parts(document, block)
        elif is_announced and (block.number or block.kind == "bullet"):
            likely += _parts(document, block)
            continue
        elif any(_NEAR_HEADING.search(heading) for heading in headings):
            parts = list(_parts(document, block))
            possible += (
                parts if len(parts) > 1 else [part for part in parts if _ASKED.match(part.text)]
            )
        is_announced = _announces_asks(words)
    # The surer the headings, the fewer of the others are believed.
    if len(named) > 1:
        # beside a list of recommendations a learning point is none
        return [part for part in certain if part in named or "ecommendation" in part.number]
    if len(certain) > 1:
        return certain
    if len(certain) + len(likely) > 1:
        return sorted([*certain, *likely], key=lambda part: part.start)
    return sorted([*certain, *likely, *possible], key=lambda part: part.start)


def _announces_asks(words: str) -> bool:
    """Whether a paragraph ends by announcing a list of what is asked, or of concerns.

    >>> _announces_asks("Four children. The MATTERS OF CONCERN are as follows.")
    True
    """
    last = re.split(r"(?<=[.!?])\s+", words.strip())[-1]
    asks = _HEADING.search(last) or _OTHER_HEADING.search(last)
    return asks is not None and re.search(r"(?:\bas follows\W*|:\s*)$", last) is not None


def _numbered(document: Document, parts: Sequence[_Part]) -> list[_Part]:
    """Parts with their words, where a label on a line of its own counts for the next line."""
    labels = _lone_labels(document)
    results: list[_Part] = []
    has_numbers = False
    for part in parts:
        number = part.number or labels.get(part.start, "")
        text = part.text
        has_numbers = has_numbers or bool(number)
        # "The board should:" and the points below it are one recommendation.
        goes_on = results and results[-1].text.rstrip().endswith(":") and not number
        if goes_on:
            last = results.pop()
            results.append(replace(last, text=f"{last.text} {text}"))
        elif len(text.split()) >= MIN_WORDS:
            results.append(replace(part, number=number))
    if has_numbers:
        # what has no number in a numbered list is an introduction or a comment
        results = [part for part in results if part.number]
    elif sum(part.bullet for part in results) >= MIN_BULLETS:
        # so is what stands around a list of bullets, unless it says who should do what
        results = [part for part in results if part.bullet or _SHOULD.search(part.text)]
    return results


def _lone_labels(document: Document) -> dict[int, str]:
    """Numbers that stand in a line or heading of their own, by the start of the next block."""
    labels: dict[int, str] = {}
    previous = ""
    for block in document.blocks:
        words = document.text[block.start : block.end].strip()
        match = _LABEL.match(words)
        if match and (
            match.end() >= len(words)
            or (block.kind == "heading" and "ecommendation" in match["label"])
        ):
            previous = match["label"]
            continue
        if block.kind == "heading":
            previous = ""
        elif previous and words:
            labels[block.start] = previous
            previous = ""
    return labels


def _parts(document: Document, block: Block) -> Iterator[_Part]:
    """The recommendations that a block holds; several where the reader joined them."""
    if block.boilerplate not in ("", "no words") or block.kind == "note":
        return
    if block.cells:
        yield from _row(block)
        return
    words = document.text[block.start : block.end]
    starts = [0, *(match.start() for match in _INNER.finditer(words))]
    for pattern, least in ((_LETTERED, 2), (_IN_TURN, 2), (_OUTRIGHT, 1)):
        inner = [match.start() for match in pattern.finditer(words)]
        if len(starts) == 1 and len(inner) >= least:
            starts = inner  # what stands before them introduces them
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        # A part that is cut out of a sentence ends as one.
        text = re.sub(r"[;,]\s*(?:and)?\s*$", ".", words[start:end].strip())
        match = _LABEL.match(text)
        label = match["label"] if match and match.end() < len(text) else ""
        if match and label:
            text = text[match.end() :]
        elif len(starts) > 1 and (match := _LEADING_ORDINAL.match(text)):
            label = str(starts.index(start) + 1)
            text = text[match.end() :]
            text = text[:1].upper() + text[1:]
        number = label or (block.number if start == 0 else "")
        yield _Part(
            number,
            text.strip(),
            block.page_at(block.start + start),
            block.start + start,
            bullet=block.kind == "bullet",
        )


def _row(block: Block) -> Iterator[_Part]:
    """A row of a table of recommendations."""
    cells = {name: value for name, value in block.cells if value}
    number = next((v for n, v in cells.items() if _NUMBER_COLUMN.match(n)), block.number)
    texts = [v for n, v in cells.items() if _TEXT_COLUMN.search(n) and len(v.split()) >= MIN_WORDS]
    # Where no column is named for it, the longest cell holds the words.
    text = texts[0] if texts else max(cells.values(), key=len)
    owner = next((v for n, v in cells.items() if _OWNER_COLUMN.search(n) and v != text), "")
    match = _LABEL.match(text)
    if match and not number:
        number, text = match["label"], text[match.end() :]
    yield _Part(number, text, block.page, block.start, owner)


def _as_asks(
    document: Document, parts: Iterable[_Part], spans: Collection[tuple[int, int, str]]
) -> list[Ask]:
    asks: list[Ask] = []
    numbers: set[str] = set()
    texts: set[str] = set()
    for part in parts:
        # A review may print its recommendations twice, in the summary and at the end.
        if text_key(part.text) in texts:
            continue
        texts.add(text_key(part.text))
        number = number_key(part.number) if part.number else ""
        ask_id = _ask_id(document, number, part.text, again=number in numbers)
        numbers.add(number)
        finding = next(
            # The label was taken off, so that the words end later in the document than their length
            # says.
            (f for start, _, f in spans if part.start <= start < part.start + len(part.text) + 40),
            "",
        )
        asks.append(
            Ask(
                ask_id=ask_id,
                doc_id=document.doc_id,
                number=number,
                text=part.text,
                page=part.page,
                finding_id=finding,
                addressees=_named(part.addressees) or addressees_of(part.text),
                scope="national" if _NATIONAL.search(part.text) else "local",
            )
        )
    return asks


def _ask_id(document: Document, number: str, text: str, *, again: bool) -> str:
    """A hash that a corrected file of the same review gives too.

    The words count only where the number is missing or was used before, so that a mended
    slip of the pen does not cut a life line.
    """
    review = " ".join(re.findall(r"\w+", f"{document.title} {document.area}".lower()))
    # By its number where it has one, so that a corrected word keeps the answers to it.
    key = f"{number} {text_key(text)}" if again or not number else number
    return "a-" + hashlib.sha256(f"{review}|{key}".encode()).hexdigest()[:12]


def addressees_of(text: str) -> str:
    """Whom a recommendation is put to, in its own words, or an empty string.

    >>> addressees_of("The Integrated Care Board should fund a named nurse.")
    'The Integrated Care Board'
    >>> addressees_of("How do you know that contractors will use the card?")
    ''
    """
    match = _ASKED.match(text)
    return _named(match["who"].strip(" ,")) if match else ""


def _named(words: str) -> str:
    """The words if they may name somebody; a question or a clause names nobody."""
    return "" if _NOBODY.search(words) else words
