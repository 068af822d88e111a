"""Which rules and cues match a text: for statistics of each of them (`lif evaluate --rules`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import spacy

from lif_nlp.annotate.components.hindsight import hindsight_rules, match_rules
from lif_nlp.annotate.components.reason import GUARDS as REASON_GUARDS
from lif_nlp.annotate.components.reason import reason_books
from lif_nlp.annotate.extensions import register
from lif_nlp.annotate.rules.engine import Rule, places_of_cues, role_cues
from lif_nlp.annotate.rules.theme_cues import CueFinder
from lif_nlp.annotate.unit_tokens import TokenizedUnit
from lif_nlp.framework.model import Framework


class RuleHit(NamedTuple):
    """A rule or cue that matches a text.

    `layer` is "hindsight", "aware", "why", "role" or "theme"; `code` the label it speaks for;
    `held` whether a guard, or wording that clears practice, keeps it from counting.
    """

    layer: str
    rule: str
    code: str
    held: bool = False


class RuleFinder:
    """Finds every rule and cue that matches a text."""

    def __init__(self, framework: Framework) -> None:
        register()
        self._nlp = spacy.blank("en")
        self._cues = CueFinder(framework)
        self._names = {
            id(rule): name
            for book in (hindsight_rules(), *reason_books())
            for rule, name in _numbered(list(book))
        }

    def sentence_hits(self, text: str) -> set[RuleHit]:
        """Rules of hindsight and reasons, and cues of roles, in one sentence."""
        unit = TokenizedUnit.of_span(self._nlp.make_doc(text)[:])
        hits = {
            RuleHit(
                "aware" if m.rule.code == "aware" else "hindsight",
                self._names[id(m.rule)],
                m.rule.code,
                bool(m.held_by),
            )
            for m in match_rules(unit)
        }
        for book in reason_books():
            for rule, candidates in book.candidates(unit):
                holds = any(all(REASON_GUARDS[g](c) for g in rule.guards) for c in candidates)
                hits.add(RuleHit("why", self._names[id(rule)], "why", not holds))
        places = places_of_cues(unit)
        for cue in role_cues():
            if cue.name in places and cue.weight:
                role = max(cue.weight, key=lambda name: cue.weight[name])
                hits.add(RuleHit("role", f"cue:{cue.name}", role))
        # A rule that matches twice counts as held only where it is held both times.
        keys = {hit[:3] for hit in hits if not hit.held}
        return {hit for hit in hits if not hit.held or hit[:3] not in keys}

    def passage_hits(self, text: str) -> set[RuleHit]:
        """Cues of practice themes in one passage, each wording by itself."""
        return {
            RuleHit("theme", f"{cue.grade}:{text[cue.start : cue.end].lower()}", cue.code)
            for cue in self._cues.find(text)
        }


def _numbered(rules: Sequence[Rule]) -> Iterator[tuple[Rule, str]]:
    """Each rule with its name and its number among those of the same name and code."""
    counts: Counter[tuple[str, str]] = Counter()
    for rule in rules:
        counts[rule.name, rule.code] += 1
        yield rule, f"{rule.name}#{counts[rule.name, rule.code]}"
