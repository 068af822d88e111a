"""Trained reading of position, progress and effect, beside the rules.

Three small linear models read a sentence or a cell: its vector, its words, and what the rules
made of it.  They were taught with invented sentences of trackers, responses, audits and letters
(`corpora/gold/ledger_sentences_*.jsonl`, `scripts/train_status.py`).  The vectors are those of the
small encoder and, in the profile `accurate`, of a network of its own (`models/status-network`):
neither changes with the network that labels findings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from lif_nlp.about import MODELS
from lif_nlp.annotate.models.features import Matrix
from lif_nlp.annotate.models.linear import LinearModel, load_model
from lif_nlp.framework.status import FIELDS, StatusLanguage
from lif_nlp.ledger.shares import shares_in, speaks_against
from lif_nlp.ledger.status import StatusReading, plain, read_by_rules
from lif_nlp.model_files import STATUS_NETWORK, STATUS_QUESTIONS
from lif_nlp.protocols import Encode
from lif_nlp.text.months import FULL_MONTH

SMALL = "-static"
"""End of the names of the models that read vectors of the small encoder."""

NAMES = (
    *(f"{name}:{value}" for name, values in FIELDS.items() for value in values),
    *(f"cell:{value}" for value in FIELDS["progress"]),
    "case",
    "share:low",
    "share:middle",
    "share:high",
    "share:differs",
    "length",
)
"""Names of the columns that rules give, in the order of `status_features`."""

LOW_SHARE, HIGH_SHARE = 0.45, 0.8
"""Share (0..1) of files or children up to which it is small, and from which nearly all; judgement,
November 2026.  The models learn what it says of practice beside the words."""

EXPECTED_LIMIT = {"position": 0.7, "progress": 0.85, "effect": 0.0}
"""Probability of saying nothing below which a field that is expected is read all the same.
Chosen on invented cases, November 2026; lower reads less.  A check holds many sentences that find
nothing, so that no verdict is taken for being expected (December 2026)."""

VERDICT_LIMIT = 0.4
"""Least probability of a verdict: in doubt there is none, and a person reads it.  Chosen with the
limit above on nine open sets of cases (December 2026): right verdicts and none, 0.74 to 0.76 in the
mean, six sets gain and two lose one each."""

MAX_LENGTH = 20
"""Words from which a text counts as long: cells are short, and say less of who speaks."""

BATCH = 256
"""Texts that are encoded at once."""


def status_features(text: str, language: StatusLanguage) -> list[float]:
    """What the rules make of a text, a column for each value, and its length (0..1)."""
    reading = read_by_rules(text, language)
    cell = language.cell_words.get(text.lower().strip(" ."), "")
    row = [
        float(getattr(reading, name) == value)
        for name, values in FIELDS.items()
        for value in values
    ]
    row += [float(cell == value) for value in FIELDS["progress"]]
    shares = shares_in(text)
    first = shares[0] if shares else -1.0
    is_low, is_high = 0 <= first <= LOW_SHARE, first >= HIGH_SHARE
    row += [float(bool(reading.held)), float(is_low), float(bool(shares) and not is_low | is_high)]
    row += [float(is_high), float(len(set(shares)) > 1)]
    return [*row, min(len(text.split()), MAX_LENGTH) / MAX_LENGTH]


@dataclass
class StatusModels:
    """The models by encoder, each three, with the vectors that they read.

    With two encoders their probabilities are averaged: they err in different sentences.  What
    was read is kept, so that a text which stands in several versions is read once.
    """

    models: Sequence[tuple[Mapping[str, LinearModel], Encode]]
    _scores: dict[str, dict[str, Matrix]] = field(default_factory=dict)

    def prepare(self, texts: Iterable[str], language: StatusLanguage) -> None:
        """Read many texts at once, which takes less time than one by one."""
        new = list(dict.fromkeys(plain(text) for text in texts if plain(text) not in self._scores))
        for start in range(0, len(new), BATCH):
            self._read(new[start : start + BATCH], language)

    def read(self, text: str, language: StatusLanguage, expected: str = "") -> StatusReading:
        """Position, progress and effect of a text; `expected` is read where it is in doubt.

        A rule that a partnership wrote itself goes before the models, and before our rules.
        """
        key = plain(text)
        rules = read_by_rules(key, language)
        if key not in self._scores:
            self._read([key], language)
        values = {
            question: value_of(question, scores, is_expected=question == expected)
            for question, scores in self._scores[key].items()
        }
        if expected == "effect" and not values["effect"]:
            # where a verdict is expected, one that the rules know stands
            values["effect"] = rules.effect
        if speaks_against(key, values["effect"]):
            values["effect"] = ""  # a person reads it
        end = float(self._scores[key]["progress"][1 + FIELDS["progress"].index("done")])
        if values["progress"] == "done" and (end < DONE_LIMIT or _NO_END.search(key)):
            # a claim of an end must be plain: what is denied, dropped or still to come is none
            values["progress"] = _second_best(self._scores[key]["progress"])
        values["progress"] = self._checked_end(key, values["progress"], rules, language)
        if rules.progress == "done" and _REPLACED.search(key):
            # a form that was replaced is the change that was asked for, no step given up
            values["progress"] = "done"
        values.update(rules.own)
        held_back = "" if any(values.values()) else rules.held
        at = ("", *FIELDS["position"]).index(values["position"])
        return StatusReading(
            position=values["position"],
            progress=values["progress"],
            effect=values["effect"],
            rules=rules.rules,
            held=held_back,
            by_rule=rules.position,
            own=rules.own,
            certainty=float(self._scores[key]["position"][at]),
        )

    def _checked_end(
        self, key: str, progress: str, rules: StatusReading, language: StatusLanguage
    ) -> str:
        """The progress, where a plain end, or a word for what was reopened or given up, allows it.

        A step that is done must not be told as late or given up because of what else is said.
        """
        if rules.progress in _BEYOND_END:
            return progress
        if progress not in ENDS and _is_plain_end(key, language):
            return "done"
        if (word := _SAID_BY.get(progress)) and not word.search(key):
            return _second_best(self._scores[key]["progress"], without=_SAID_BY)
        return progress

    def _read(self, texts: Sequence[str], language: StatusLanguage) -> None:
        extra = np.asarray([status_features(text, language) for text in texts], np.float32)
        sums: dict[str, Matrix] = {}
        weights = range(1, len(self.models) + 1)  # the large encoder's count twice
        for weight, (models, encode) in zip(weights, self.models, strict=True):
            vectors = encode(texts)
            for question, model in models.items():
                scores = weight * model.probabilities(texts, vectors=vectors, extra=extra)
                sums[question] = sums.get(question, np.zeros_like(scores)) + scores
        for place, text in enumerate(texts):
            self._scores[text] = {
                question: total[place] / sum(weights) for question, total in sums.items()
            }


def value_of(question: str, scores: Matrix, *, is_expected: bool) -> str:
    """The likeliest value, or an empty string; nothing must be likelier where one is expected.

    A value that claims an end is never taken for being expected: silence is no end.
    """
    values = ("", *FIELDS[question])
    likeliest = values[int(scores.argmax())]
    if question == "effect" and scores.max() < VERDICT_LIMIT:
        return ""
    if is_expected and scores[0] < EXPECTED_LIMIT[question]:
        best_value = values[1 + int(scores[1:].argmax())]
        return likeliest if best_value in ENDS else best_value
    return likeliest


_BEYOND_END = ("reopened", "superseded", "closed with risk", "verified")
"""What goes before an end, where a rule knows it."""

_SAID_BY = {
    "reopened": re.compile(
        r"\bre-?(?:open|activ|instat|surfac|stor|vert|turn)\w*|\bun-?clos\w*|\bagain\b|\bback\b"
        r"|\bonce more\b|\bundone\b|\btaken? up\b|\blapse\w*|\bcome apart\b|\bopen\w*\b"
        r"|\blive\b|\bresumed\b|\bfailed\b|\brestart\w*|\breviv\w*|\btoo early\b|\bhold\w* up\b",
        re.IGNORECASE,
    ),
    "superseded": re.compile(
        r"\bsupersed\w*|\breplac\w*|\bovertak\w*|\bmerg\w*|\bno longer\b|\bnot (?:now )?needed\b"
        r"|\bwithdr\w+|\bdrop\w*|\binstead\b|\bcover\w*|\blapse\w*|\bduplic\w*|\bfold\w*"
        r"|\bsubsum\w*|\bmov\w+|\btransfer\w*|\btak\w+ (?:over|its place|on by|up by|into)\b"
        r"|\bplace\b|\bstruck\b|\bsee\b|\bnow (?:sits?|part|in|with|under|done)\b|\bstood down\b"
        r"|\bcombin\w*|\babsorb\w*|\bcancel\w*|\bsame\b|\bremov\w*|\bbinned\b|\bpart of\b"
        r"|\babandon\w*|\bdoes (?:this|it|that) now\b|\bdeals? with\b|\bdealt with\b|\bjoin\w*"
        r"|\broll\w*|\bn/?a\b|\bnot (?:applicable|required|proceed\w*)\b|\bneed\w*\b|\bgone\b"
        r"|\bunnecessary\b|\bswallow\w*|\bfalls? away\b|\bcarr\w+\b|\bpicked up\b|\brewritten\b"
        r"|\btaken off\b|\btook over\b|\bdeleted\b|\bnow (?:action|rec\w*|line|item)\b|\bstopped\b",
        re.IGNORECASE,
    ),
}
"""Words without which a step was neither reopened nor given up, whatever a model makes of it."""

_PLAIN_END = re.compile(
    r"^(?:(?:the |this )?(?:action|step|item|task)(?: is| was| has been)? )?(?:now )?(?:fully )?"
    r"(?:completed?|done|closed|finished|delivered|achieved|implemented)\b"
    rf"(?=\W*$|[.;,:]| on | in (?:{FULL_MONTH}|\d)| \d)"
    r"|(?:[.;,:–-] ?|^)(?:all |now )?(?:done|completed?|closed|finished)\W*$"
    r"|^(?:nothing|none|no (?:further |other )?actions?)(?: is| are)? (?:outstanding|left|remaining"
    r"|to do|needed|required)\b(?!:)",
    re.IGNORECASE,
)
_END_FIRST = re.compile(
    r"(?:(?:the |this )?(?:action|step|item|task|work)(?: is| was"
    r"| has been)? )?(?:now )?(?:fully )?"
    r"(?:completed?|done|finished|delivered|implemented)\b(?:(?! (?:for|of|by|at|with"
    r"|to)\b) [\w/’]+){0,4}?"
    r"(?=[.;:] |, (?!(?:except|apart|save|bar|subject|pending|awaiting|once|when|if|with)\b)"
    r"| (?:and|but|yet) (?!not (?:yet )?(?:signed|approved|closed)))",
    re.IGNORECASE,
)
"""A cell that begins with an end, whatever it goes on to say of what came of it."""

_DOUBT = re.compile(
    r"\b(?:not|never|once|until|unless|when|will|to be|due|except|but|although|however|part|partly"
    r"|partially|nearly|almost|half|some|most|await\w*|re-?open\w*|again|risks?|overtaken"
    r"|superseded|replaced|draft)\b",
    re.IGNORECASE,
)


def _is_plain_end(text: str, language: StatusLanguage) -> bool:
    """Whether a cell begins or ends with a word for an end, and nothing in it denies that."""
    is_word = language.cell_words.get(text.lower().strip(" .")) == "done"
    if is_word or (_PLAIN_END.search(text) and not _DOUBT.search(text)):
        return True
    # "Complete. In our audit some sites did it": what came of it takes no end back
    head = _END_FIRST.match(text)
    return head is not None and not _DOUBT.search(head.group())


_NO_END = re.compile(
    r"^(?!(?:nothing|none|no (?:further |other )?actions?)(?: is| are)? (?:outstanding|left"
    r"|remaining|to do|needed|required)\b)(?:not|never|no|none|nobody|nothing|dropped|abandoned"
    r"|stopped|cancelled|withdrawn)\b"
    r"|^(?:still )?(?:wait|await)\w*\b(?! lists?\b)|\bno longer\b"
    r"|\b(?:not|never) (?:yet |been |been yet |fully |all |quite )?(?:sent|started|begun|done|met"
    r"|held|written|agreed|issued|completed?|finished|in place|recruited|signed|approved|ready)\b"
    r"|\byet to (?:be )?\w+|\bstill (?:to|being|waiting|awaiting|in draft)\b"
    r"|\b(?:rest|others?|remainder) (?:to follow|by|in|will|are due|due)\b"
    r"|\bonce (?:\w+ ){1,4}(?:is|are|has|have)\b|^once \w+ed\b|\bnobody (?:has|is|was)\b",
    re.IGNORECASE,
)
"""Words with which a step is not at its end, whatever else the sentence tells."""


_REPLACED = re.compile(r"\b(?:was|were|been) (?:\w+ )?replaced (?:by|with)\b", re.IGNORECASE)

DONE_LIMIT = 0.7
"""Least probability of an end that is taken for one: in doubt it is none.  Of 16 claims in cells of
24 invented cases (November 2026) one right one is lost by it and one wrong one goes."""


def _second_best(scores: Matrix, without: Collection[str] = ()) -> str:
    """The likeliest progress that claims no end, and is none of `without`."""
    values = ("", *FIELDS["progress"])
    order: list[int] = np.argsort(-scores, kind="stable").tolist()
    return next(values[place] for place in order if values[place] not in (*without, *ENDS))


ENDS = ("done", "verified", "closed with risk", "improved")
"""Values that claim an end: taken only where they are likelier than nothing."""


def load_status_models(encoder: str, models: Path = MODELS) -> StatusModels:
    """The models for a workspace's encoder: the small encoder's, and with MiniLM the network's.

    Raises ModelError for a model or an encoder that is missing or was altered.
    """
    sizes = (False, True) if encoder == "minilm" else (False,)
    return StatusModels([_load(large, models) for large in sizes])


@cache
def _load(large: bool, models: Path) -> tuple[Mapping[str, LinearModel], Encode]:
    encode = encoder_of(large, models)
    suffix = "" if large else SMALL
    folders = {question: models / f"status-{question}{suffix}" for question in STATUS_QUESTIONS}
    loaded = {question: load_model(folder, encode=encode) for question, folder in folders.items()}
    return loaded, encode


@cache
def encoder_of(large: bool, models: Path = MODELS) -> Encode:
    """The vectors that the models read: deep rows of their network, or the small ones."""
    if large:
        from lif_nlp.embed.minilm import load_minilm

        return load_minilm(models / STATUS_NETWORK).encode_deep
    from lif_nlp.embed.static import load_static

    return load_static(network=None).encode
