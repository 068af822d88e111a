"""Actor: whom a unit is about: a service, a way of working, the family, the child, or others.

The words alone decide: whoever is at fault or acts in the wording of hindsight, else the
subject of the main verb, else who is named after "by".  Where no noun says who acts ("this was
not followed up", "they agreed"), the answer is open: scores that a trained model gave
("actor:agency" ...) then decide, if there are any, and the unit's role if not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.extensions import accepted, add_mark
from lif_nlp.annotate.grammar import OTHER, PERSON, SERVICE, THING, Noun, actor_class, subject_of
from lif_nlp.annotate.unit_tokens import TokenizedUnit, units_of
from lif_nlp.records import ACTORS
from lif_nlp.text.word_lists import words

BY_NOUN, BY_ROLE = 0.9, 0.6
"""Scores of an actor whom a noun names, and of one taken from the role alone.

Only their side of 0.5 matters: both are labels.  Chosen by judgement, November 2026.
"""

_BE = frozenset(["is", "are", "was", "were", "been", "being", "be", "get", "got"])


class Actor(NamedTuple):
    """A code of `ACTORS`, the place of the noun that names it (-1: none), and how it was found."""

    code: str
    at: int
    by: str


@Language.factory("lif_actor", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"])
def make_actor(nlp: Language, name: str) -> ActorTagger:
    """The component that says whom each unit is about."""
    return ActorTagger()


class ActorTagger:
    """One label of the layer "actor"; it reads the marks of hindsight and role."""

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with actors on its units."""
        for unit in units_of(doc):
            actor = find_actor(unit)
            if actor.code == "none":
                continue
            evidence = unit.slice(actor.at, actor.at + 1) if actor.at >= 0 else unit.span
            score = BY_NOUN if actor.at >= 0 else BY_ROLE
            add_mark(unit.span, evidence, layer="actor", code=actor.code, score=score, by=actor.by)
        return doc


def find_actor(unit: TokenizedUnit) -> Actor:
    """Whom the unit is about."""
    # Two verbs at most: the subject of a third belongs to a side clause.
    for verb in (*_judged_verbs(unit), *_finite_verbs(unit)[:2]):
        actor = _named_actor(unit, verb)
        if actor:
            return actor
    return _open_actor(unit)


def _judged_verbs(unit: TokenizedUnit) -> list[int]:
    """Places of wording of fault or of a step not taken: its subject is whom it is about."""
    starts = {
        mark.start
        for mark in accepted(unit.span, "hindsight")
        if mark.code in ("blame", "counterfactual")
    }
    offset = unit.span.start_char
    return [at for at in range(len(unit.words)) if unit.span[at].idx - offset in starts and at]


def _finite_verbs(unit: TokenizedUnit) -> list[int]:
    finite = words("auxiliaries") | words("past_verbs")
    return [
        at
        for at, word in enumerate(unit.words)
        if at and (word in finite or (word.endswith("ed") and len(word) > 4))
    ]


def _named_actor(unit: TokenizedUnit, verb: int) -> Actor | None:
    """The actor at one verb; None if no noun stands there."""
    tokens = unit.words
    noun = subject_of(tokens, verb, capitals=unit.capitals)
    is_passive = _is_passive(tokens, verb)
    agent = _agent(tokens, verb) if is_passive else -1
    if agent >= 0:
        return Actor(code_of(tokens, agent), agent, "rule:agent")
    if noun.actor_class == PERSON or (is_passive and noun.actor_class == OTHER):
        # "she was not seen": by whom is open; "he was arrested" is about him.
        return _open_actor(unit, about=noun if is_passive else None)
    if noun.at < 0 or noun.actor_class not in (SERVICE, OTHER, THING):
        return None
    return _actor_of_noun(unit, noun)


def _actor_of_noun(unit: TokenizedUnit, noun: Noun) -> Actor:
    """The actor that a noun names.

    A name without a title is the child's in what happened, a service's in what is judged.
    """
    tokens = unit.words
    is_name = noun.actor_class == OTHER and actor_class(tokens[noun.at]) != OTHER
    if not is_name:
        return Actor(code_of(tokens, noun.at), noun.at, "rule:subject")
    # Adults have titles; a child is named without.
    if tokens[noun.at - 1].rstrip(".") in ("mr", "mrs", "ms"):
        return Actor("family", noun.at, "rule:name")
    has_role = any(role.code != "context" for role in accepted(unit.span, "role"))
    return Actor("agency" if has_role else "child", noun.at, "rule:name")


def _is_passive(tokens: list[str], verb: int) -> bool:
    """Whether a form of "be" and a participle stand at the verb: "was not seen"."""
    reach = tokens[max(0, verb - 1) : verb + 6]
    at = next((place for place, word in enumerate(reach) if word in _BE), len(reach))
    return any(
        (word.endswith("ed") and word not in words("not_participles")) or word in _PARTICIPLES
        for word in reach[at + 1 : at + 4]
    )


_PARTICIPLES = words("participles") - {"come", "gone", "been"}


def _agent(tokens: list[str], verb: int) -> int:
    """Place of the noun after "by" ("was not told by the ward"), or -1."""
    for at in range(verb + 1, min(verb + 10, len(tokens) - 1)):
        if tokens[at] in (",", ";", ".", ":"):
            return -1
        if tokens[at] == "by":
            places = range(at + 1, min(at + 6, len(tokens)))
            return next((p for p in places if actor_class(tokens[p]) in (SERVICE, OTHER)), -1)
    return -1


_LISTS = (("none", "reviewer_words"), ("system", "system_words"), ("child", "child_words"))
"""Lists of nouns that decide at once, in the order in which they are asked."""


def code_of(tokens: list[str], at: int) -> str:
    """The code of `ACTORS` for a noun that `actor_class` knows, or for a name.

    >>> [code_of([noun], 0) for noun in ("midwives", "policy", "mother", "twins", "neighbour")]
    ['agency', 'system', 'family', 'child', 'other']
    """
    noun = tokens[at].removesuffix("'s")
    list_code = next((code for code, name in _LISTS if noun in words(name)), "")
    if list_code:
        return list_code
    if actor_class(noun) == SERVICE:
        return "agency"
    if actor_class(noun) == THING:
        return "other"
    # Reports call people by a letter or kinship and a number: "C1", "sibling2", "MGM1".
    stem = noun.rstrip("0123456789")
    if stem != noun:
        return "child" if stem in ("ag", "ac", "c", "sib", "sibling", "yp") else "family"
    return "other" if noun in words("other_people") else "family"


def _open_actor(unit: TokenizedUnit, *, about: Noun | None = None) -> Actor:
    """The actor where no noun says who acts; `about` is whom something was done to."""
    scores: Mapping[str, float] = unit.span._.scores
    actor_scores = {code: scores[f"actor:{code}"] for code in ACTORS if f"actor:{code}" in scores}
    if actor_scores:
        return Actor(max(actor_scores, key=lambda code: actor_scores[code]), -1, "model:actor")
    if any(role.code != "context" for role in accepted(unit.span, "role")):
        return Actor("agency", -1, "rule:role")
    if about and about.actor_class == OTHER:
        return Actor(code_of(unit.words, about.at), about.at, "rule:subject")
    if any(actor_class(word) == SERVICE for word in unit.words):
        return Actor("agency", -1, "rule:words")
    is_about_a_child = bool(set(unit.words) & (words("he_or_she") | words("child_words")))
    return Actor("child" if is_about_a_child else "none", -1, "rule:words")
