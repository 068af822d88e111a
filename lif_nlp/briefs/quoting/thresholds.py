"""Every cost and limit that decides which quotes a brief shows, in one place.

All of them are points on one scale, added up in `selection`: a finding starts with its
confidence in the theme (0..1), gains and loses the points below, and the highest total is
quoted first.  As a rule of thumb, 0.1 settles a tie, 0.3 outweighs a small advantage, and
0.8 (`Limits.max_penalty`) keeps a sentence out.

All were chosen by judgement on 23 November 2026, while briefs on inspection letters and on
the sample reports were read; the history of the project records no labelled data set on
which they were tuned.  The effect of a change is seen in `tests/briefs/golden/`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Penalties:
    """Points that a sentence loses for what may puzzle or distract a reader.

    They add up.  Raising one passes over more sentences of that sort; a sentence whose total
    reaches `Limits.max_penalty` is not quoted at all.
    """

    personal_pronoun: float = 0.80
    """"He", "her": the reader cannot see who is meant.  Raised from 0.30 in November 2026: in
    narrative reviews such a sentence is nearly always about one person of the case."""

    early_pronoun: float = 0.35
    """"They", "it" among the first seven words: it probably points to an earlier sentence."""

    also: float = 0.25
    """"Also" among the first five words: it continues a list the reader does not see."""

    this_or_such: float = 0.20
    """"This", "such": as above, less often."""

    these_or_those: float = 0.45
    """"These entries", "those plans": nearly always points to an earlier sentence."""

    statistic: float = 0.35
    """A percentage or "most common" describes cases, not practice."""

    governance: float = 0.30
    """Boards, audits, strategic arrangements: of little use to practitioners."""

    second_sentence_pronoun: float = 0.30
    """A second sentence that begins with "This", "They" ...; added to `second_sentence`."""

    second_sentence: float = 0.25
    """More than one sentence: longer to read, and its parts may disagree."""

    past_event: float = 0.20
    """"Had been", "there was": tells of one event and not of a pattern."""

    digit: float = 0.15
    """A figure needs its context."""

    aside: float = 0.15
    """A semicolon or bracket: harder to read."""

    abbreviation: float = 0.12
    """Capital letters that a reader may have to look up."""

    family_member: float = 0.30
    """"The mother", "the baby": one family's story."""

    single_event: float = 0.8
    """"The nurse rang ...": one event of one case; a pattern says more and identifies nobody.
    Raised from 0.35 to 0.6 and then to `Limits.max_penalty` in November 2026, when a reader of 20
    and one of 100 quotes could not tell which case was meant."""

    first_person_plural: float = 0.40
    """"We", "our": the reader may wonder who speaks."""

    first_person: float = 0.40
    """"I": a person's own statement, such as a coroner's."""

    no_full_stop: float = 0.25
    """No mark at the end: probably a heading or a fragment."""

    late_verb: float = 0.50
    """A bullet whose first verb comes after a comma or in a side clause: a noun phrase."""

    demand: float = 0.60
    """"Should", "must" where a finding is expected."""

    no_deficit: float = 0.50
    """A problem in which no word speaks of something lacking or going wrong."""

    no_praise: float = 0.50
    """A strength in which no word speaks of something going well or helping."""


@dataclass(frozen=True, slots=True)
class Gains:
    """Points that a sentence gains when candidates for a quote are ranked."""

    exemplar: float = 0.2
    """The sentence is among the most typical of its theme."""

    phrase: float = 0.3
    """It uses a phrase of the subject, so that the reader sees why it is quoted."""

    agency: float = 0.1
    """It names an agency."""

    reason: float = 0.1
    """It gives a reason."""

    role_confidence: float = 0.8
    """Times the confidence (0..1) in the sentence's role: a wrong side does most harm."""

    how: float = 0.35
    """It says how something is done ("so that", "by asking", "within a day")."""

    own_area: float = 0.4
    """The report is on the partnership's own area: another area's problem is a weaker call."""

    stands_alone: float = 1.6
    """Times the probability (0..1) that a sentence of a practice review is understood without the
    review: the difference between 0.6 and 0.9 outweighs most others."""

    who: float = 0.15
    """It says who does it ("nurses", "schools", "children")."""

    recency: float = 0.7
    """Times the place of its year (0..1) between the oldest and newest candidate."""

    centrality: float = 0.8
    """Times its likeness (0..1) to the average of the candidates."""

    point_recency: float = 0.6
    """Added to `recency` for the quote of a learning point, which should show that it is still
    so; chosen by judgement on 42 inspections, November 2026."""

    telling: float = 0.3
    """It is one of the quotes that a learning point names."""

    sureness: float = 6.0
    """Times how surely (0..1) a finding states the learning point that it is quoted for: between
    0.88 and 0.98 it weighs as much as the newest year."""

    reader_group: float = 2.5
    """It names the agency that the brief is for: enough to come before any that does not."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What keeps a sentence out, and what counts against it beside the others."""

    min_words: int = 9
    """Shorter sentences say too little out of context."""

    min_words_of_point: int = 7
    """The same below the line of a learning point, which says what it is about."""

    sure_of_point: float = 0.88
    """How surely (0..1) a finding states a learning point to be quoted for it.  Of the quotes under
    points that readers found off their heading in November 2026, most had less."""

    max_words: int = 42
    """Longer ones are not read."""

    comfortable_words: tuple[int, int] = (13, 32)
    """Outside this range each word costs `word_cost`."""

    word_cost: float = 0.03
    """Points for each word too few or too many."""

    max_penalty: float = 0.8
    """A sentence with penalties of this many points or more is not quoted; lower, and more
    boxes stay without a quote."""

    max_penalty_one_report: float = 1.1
    """The same in a brief on one report, whose readers know the case; lower, and narrative
    reviews lose most of their quotes."""

    min_role_confidence: float = 0.45
    """A finding whose role is less certain than this is counted and not quoted."""

    min_strength_confidence: float = 0.8
    """The same for strengths of practice reviews, whose roles are settled in context
    (`annotate.role_context`).  Of the sentences of invented reviews that stand on this side by
    their words (`quoting.sides`), each of twenty writers left out in turn, 0.94 of 279
    are strengths with accurate and 0.93 of 224 with fast; 0.94 of 294 and 0.92 of 251 at 0.75,
    0.95 of 251 and 0.93 of 182 at 0.85.  Higher, and few reviews keep a quote."""

    min_problem_confidence: float = 0.55
    """The same for problems: 0.83 of 1,575 and 0.81 of 1,504; 0.88 of 1,104 and 0.86 of 897 at 0.8,
    which it was until sentences also had to stand alone, which left themes without a quote."""

    min_stands_alone: float = 0.58
    """A sentence of a practice review that is less likely than this to be understood without the
    review is not quoted (`quoting.stands_alone`); strengths have the same, and the likelier ones
    come first (`Gains.stands_alone`).  Of the sentences that pass at 0.58, 0.76 stand alone as one
    reader judges, 0.83 at 0.8, 0.55 without the test (scripts/train_stands_alone.py, each writer
    left out in turn); two readers agree on 0.76 of sentences.  It was 0.45 until November 2026, and
    0.6 until the model learnt from quotes as they stand in briefs (December 2026)."""

    min_stands_alone_action: float = 0.45
    """The same for what reports ask for, whose form says more by itself."""

    one_report_ease: float = 0.1
    """Taken off these in a brief on one report, whose outline stands above the quotes."""

    unknown_role_confidence: float = 0.5
    """Confidence taken where no score is stored, as for rows of an audit sheet."""

    area_prefix: int = 8
    """A sentence that begins with this many letters of its area's name is too local."""

    area_cost: float = 1.0
    """Points lost for naming the area anywhere else."""

    unknown_form_cost: float = 0.6
    """Points lost for each abbreviation that the framework cannot spell out: the name of a local
    team or tool, which readers elsewhere have to guess."""

    same_report_cost: float = 0.5
    """Points lost where the report has been quoted in the brief already."""

    repetition_cost: float = 2.2
    """Times the likeness (0..1) to the nearest quote already shown; smaller, and a brief
    says the same thing twice."""

    pool_size: int = 300
    """Candidates compared with each other; bounds time and memory on large workspaces."""


PENALTIES = Penalties()
GAINS = Gains()
LIMITS = Limits()
