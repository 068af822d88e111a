"""Which parts of a paper that speaks of several things are about one review."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lif_nlp.ledger.review_links import names_of_title
from lif_nlp.records import Block, Document

_CHILD = re.compile(
    r"\b(?i:child|baby|infant|family|young person|sibling) (?!(?:Protection|Deaths?|Services?|Hubs?"
    r"|Safeguarding|Sexual|Criminal|Exploitation|In|Care|Social|Health|Mental|Abuse|Neglect|Practice"
    r"|Development|Voice|Support|Help|Justice|Group|Court|Nurse|And|Information|Is|Was|Who|At)\b)"
    r"(?P<name>[A-Z][\w’'-]*)(?=\W*$|\s*[(:,–-]|\s+(?:[Rr]eview|[Ll]earning|[Ll]?CSPR|SCR))"
)
"""A child or a family by its pseudonym, as headings name it: "6.2 Child Bracken (2023)"."""

_OF_OTHER = re.compile(
    r"\b(?:recommendations?|findings?|actions?)\b[^.;]{0,30}?\b(?:of|from|in|made by)"
    r" (?:the |its |our |an? )(?:other |earlier |previous |last "
    r"|national )?(?P<which>[^.;,]{0,60}?)"
    r"\b(?:report|review|audit|inspection|inquiry|visit|enquiry|panel)\b",
    re.IGNORECASE,
)
"""Recommendations with the paper that they stand in: "of the Section 11 report"."""

_OWN_PAPER = frozenset([
    "local", "child", "children", "safeguarding", "practice", "serious", "case", "rapid", "this",
    "learning", "thematic", "overview", "final", "full", "published", "independent", "coroner's",
    "coroner’s", "regulation", "28", "lcspr", "cspr", "scr", "prevention", "future", "deaths",
    "same", "above", "main", "joint", "multi-agency", "s", "author's", "author’s", "reviewer's",
])  # fmt: skip
"""Words before "report" or "review" that are no sign of another one."""


@dataclass(frozen=True)
class Subject:
    """A review as other papers name it: by its title, and by the names that it uses."""

    title: str
    text: str = ""

    @cached_property
    def telling(self) -> frozenset[str]:
        """The words of the title, in lower case, that tell this review from others."""
        return names_of_title(self.title)

    def is_named(self, words: str) -> bool:
        """Whether words name the review: most telling words of its title stand in them.

        >>> Subject("Child Teasel: practice review").is_named("6.1 Child Teasel (January 2023)")
        True
        """
        lower = " ".join(words.lower().split())
        found = [name for name in self.telling if re.search(rf"\b{re.escape(name)}\b", lower)]
        return bool(found) and len(found) >= MIN_TITLE_SHARE * len(self.telling)

    def is_of_other(self, words: str) -> bool:
        """Whether words name a child or a family that this review does not; of none is unknown.

        >>> Subject("Child Teasel: practice review", "Teasel was two.").is_of_other("Child Bracken")
        True
        """
        if not (self.title or self.text):
            return False
        names = [match["name"] for match in _CHILD.finditer(words)]
        return any(
            not re.search(rf"\b{re.escape(name)}\b", f"{self.title} {self.text}") for name in names
        )

    def is_of_other_paper(self, sentence: str) -> bool:
        """Whether the recommendations that a sentence speaks of stand in another paper.

        >>> subject = Subject("Child Teasel: practice review")
        >>> subject.is_of_other_paper("Recommendation 2 of the Section 11 report was accepted.")
        True
        >>> subject.is_of_other_paper("Recommendation 2 of the published review was accepted.")
        False
        """
        for match in _OF_OTHER.finditer(sentence):
            which = re.findall(r"[\w’'-]+", match["which"].lower())
            if set(which) - _OWN_PAPER and not self.is_named(match["which"]):
                return True
        return False


NO_SUBJECT = Subject("")
"""A review of which nothing is known: all of a paper may be about it."""

MIN_TITLE_SHARE = 0.5
"""Share (0..1) of a title's telling words with which words name the review; judgement."""


def blocks_about(document: Document, subject: Subject) -> Sequence[Block]:
    """The blocks of a paper that may speak of a review.

    Where headings name the review, what stands under the others is about something else, unless
    it names the review itself; what stands under the name of another child never counts.
    """
    headings = _headings(document)
    is_split = not _is_about_it(document, subject) and any(map(subject.is_named, headings))
    return [
        block for block in document.blocks
        if _is_about(document.text[block.start : block.end], block, subject, is_split=is_split)
    ]  # fmt: skip


def has_part_about(document: Document, subject: Subject) -> bool:
    """Whether a paper or a part of it is about a review alone.

    So it is where its title or a heading says so, or where it begins with it ("Learning from
    Plover") and names no other child.
    """
    if _is_about_it(document, subject) or any(map(subject.is_named, _headings(document))):
        return True
    return subject.is_named(document.text[:_BEGINNING]) and not subject.is_of_other(document.text)


_BEGINNING = 600
"""Characters at the start of a paper that say what it is about."""


def _headings(document: Document) -> list[str]:
    return [
        document.text[block.start : block.end] for block in document.blocks
        if block.kind == "heading"
    ]  # fmt: skip


def _is_about_it(document: Document, subject: Subject) -> bool:
    """Whether a paper has the review's name in its own, and so is about it as a whole."""
    file_name = re.sub(r"[_.-]+", " ", document.source.replace("\\", "/").rsplit("/", 1)[-1])
    first = [line for line in _headings(document)[:1] if _OF_A_PAPER.search(line)]
    return any(map(subject.is_named, [document.title, file_name, *first]))


_OF_A_PAPER = re.compile(
    r"\b(?:response|reply|statement|answers?|re-?audit|audit|follow[- ]?up|plan|letter|returns?"
    r"|dip sample|evaluation|one year on|a year on)\b",
    re.IGNORECASE,
)
"""What a first heading is called that stands over the whole of a paper."""


def _is_about(words: str, block: Block, subject: Subject, *, is_split: bool) -> bool:
    path = (*block.heading, words) if block.kind == "heading" else block.heading
    own_places = [place for place, heading in enumerate(path) if subject.is_named(heading)]
    below = path[own_places[-1] + 1 :] if own_places else path
    if any(map(subject.is_of_other, below)):
        return False
    return bool(own_places) or not is_split or subject.is_named(words)
