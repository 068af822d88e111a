"""Every number on which themes depend: what it does, where it comes from, what moves with it.

All values were set on 23 November 2026, when themes were developed on 193 public inspection
reports (joint targeted area inspections and inspections of local authority children's
services, 57,725 findings).  None was fitted by an optimiser.  Where an entry names no other
source, its value was chosen by judgement and no other value is on record.

As a whole they were measured on the same 193 reports in November 2026: with a random tenth
of the reports left out, five times over, 0.947 of the themes shown came back (plain
BERTopic 0.750), and 0.925 of 120 random assignments were right to one reader.
`scripts/compare_topics.py` repeats the first figure: run it after changing a number here.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

# --------------------------------------------------------------------- emergent themes


@dataclass(frozen=True, slots=True)
class ClusteringThresholds:
    """Which groups of unexplained findings become candidates for emergent themes."""

    min_findings: int = 40
    """Findings.  With fewer unexplained findings nothing is clustered, and a note says so.
    Lower: themes that rest on a handful of sentences."""

    min_words: int = 4
    """Words.  Shorter findings are not clustered: their vectors follow single words."""

    max_clustered: int = 6_000
    """Findings.  At most so many, drawn by the hash of their ids, go into the tree; the others
    join the nearest theme.  A tree over 6,000 takes about a minute and 600 MB, and both grow
    with the square."""

    min_size: int = 5
    """Findings.  Smallest cluster; 4 at first.  Lower: more and less stable themes."""

    min_size_share: float = 0.004
    """Share of the clustered findings that a cluster needs, where that is more than `min_size`.
    Keeps the number of themes readable in a large corpus."""

    max_size: int = 60
    """Findings.  Largest cluster in a small corpus.  Higher: broad clusters without a subject."""

    max_size_divisor: int = 3
    """In a very small corpus the largest cluster is this part of the clustered findings;
    a quarter at first, a third since `separation` exists."""

    max_size_share: float = 0.08
    """Share of the clustered findings in the largest cluster of a large corpus."""

    min_reports: int = 3
    """Reports in which a cluster must recur: two could be chance, or one team."""

    min_reports_small: int = 2
    """Reports in which a cluster must recur in a corpus of fewer than `small_corpus` reports."""

    small_corpus: int = 10
    """Reports.  Below it, `min_reports_small` holds, and resampling leaves out single findings
    instead of whole reports, of which there are too few."""

    separation: float = 1.5
    """Spreads (half the distance from the 16th percentile to the median, that is about one
    standard deviation) by which the median cosine inside a cluster must exceed that of random
    pairs.  Added because in a small corpus loose clusters return as well.  Higher: fewer,
    tighter themes."""

    low_percentile: float = 0.16
    """Quantile of the cosines of random pairs that marks one spread below their median (0.16
    is one standard deviation below the mean of a normal distribution).  Only the lower side
    is used, since pairs that belong together stretch the upper one."""

    paired_rows: int = 1_000
    """Rows whose pairs estimate the cosine of random pairs.  A limit on time: half a million
    pairs are plenty."""

    fence: float = 1.5
    """Interquartile ranges below the lower quartile at which a member is an outlier and leaves
    (J. W. Tukey, "Exploratory Data Analysis", 1977)."""

    fence_slack: float = 1e-6
    """Cosine.  Keeps rounding errors from dropping members that are all alike."""

    joining_quantile: float = 0.25
    """Quantile of the members' cosines to the centroid that a further finding must reach to
    join.  Lower: more findings in themes, and more of them wrong."""

    duplicate_cosine: float = 0.95
    """Cosine from which two findings are copies of a sentence and count once when clusters are
    sought.  Lower: sentences that differ in substance are taken for one."""

    duplicate_block: int = 1_024
    """Rows compared at a time when copies are sought.  A limit on memory; changes nothing else."""


CLUSTERING = ClusteringThresholds()


@dataclass(frozen=True, slots=True)
class StabilityThresholds:
    """Which clusters, and which sub-themes, return when part of the reports is left out."""

    runs: int = 20
    """Resampled runs.  Stability then has steps of 0.05; time grows with it."""

    sampled: float = 0.8
    """Share of the reports in each run.  Lower: a harsher test, and fewer stable themes."""

    overlap: float = 0.5
    """Jaccard overlap of its findings from which a cluster counts as returned.  A usual bound
    (C. Hennig, "Cluster-wise assessment of cluster stability", Computational Statistics & Data
    Analysis 52, 2007, calls clusters below 0.5 dissolved)."""

    min_overlap: float = 0.45
    """Mean overlap over the runs from which a node of the tree is worth choosing.
    Lower: more themes, fewer of which are stable."""

    broader: float = 0.85
    """Share of the worth of its parts that a broader node needs to be chosen instead of them: a
    broad theme is easier to act on.  Higher: more and smaller themes."""

    sampled_slack: float = 1.5
    """Times the largest size up to which nodes of a resampled tree are compared.  A sampled
    cluster may sit in a node that is a little larger."""

    cosine_decimals: int = 5
    """Decimals of the cosines that go into the tree, so that processors whose last digits
    differ build the same one."""

    min_shown: float = 0.9
    """Stability from which a theme is shown unless a person approved or rejected it.  Other
    bounds from 0.8 to 1.0 were tried on the 193 reports (November 2026): 0.92 to 0.96 of the
    themes shown then return."""


STABILITY = StabilityThresholds()


# ------------------------------------------------------------------ names and phrases


@dataclass(frozen=True, slots=True)
class NamingThresholds:
    """Which phrases can name an emergent theme, and which of them does."""

    max_phrase_words: int = 4
    """Words of the longest candidate phrase; 3 at first.  Higher: longer and rarer phrases."""

    min_letters: int = 4
    """Letters of a word that may name a theme alone.  Keeps out "use", "day" and the like."""

    candidates: int = 30
    """Phrases per topic that c-TF-IDF (BERTopic's `top_n_words`) hands to the naming.  Lower:
    clusters without any phrase of the required share, which are then dropped."""

    min_uses: int = 2
    """Findings of a cluster that must use a phrase."""

    min_share: float = 0.2
    """Share of the findings of a cluster that must use a phrase of several words.  A cluster
    without such a phrase has no common subject and is dropped.  Lower: themes
    whose name speaks for few of their findings."""

    min_share_one_word: float = 0.35
    """The same for a single word, which has more meanings."""

    enough_alone: float = 0.6
    """Share of the findings from which one phrase is the name; otherwise two are joined."""

    longer_is_clearer: float = 0.6
    """Bonus in the ranking per word after the first.  Higher: longer and more particular
    names."""

    share_power: float = 0.5
    """Power of the share of findings in the ranking: the square root keeps c-TF-IDF, which says
    what is particular, from being outweighed by what is merely frequent."""

    part_of_longer: float = 0.7
    """Share of its findings in which a phrase occurs inside one longer phrase, from which it is
    only a part of that ("mental" of "mental health")."""

    max_names: int = 4
    """Phrases that may be joined to make a name unique."""

    terms: int = 8
    """Terms kept with a theme, for people to read."""

    stem_letters: int = 6
    """Letters by which two words are compared when names are checked for repetition.  Crude,
    but it needs no dictionary: "assess" covers assessment, assessed and assessing."""


NAMING = NamingThresholds()


@dataclass(frozen=True, slots=True)
class VocabularyThresholds:
    """How the corpus itself tells names, verbs and nouns apart.  A person's name or a verb in
    the name of a theme is the sign that one of these is too high."""

    max_findings: int = 20_000
    """Findings read to learn the vocabulary, drawn by hash.  A limit on time."""

    name_share: float = 0.6
    """Share of its uses inside a sentence with a capital, from which a word is a name."""

    verb_share: float = 0.35
    """Share of its uses after "was", "to", "they" and the like, from which it is a verb."""

    noun_share: float = 0.2
    """Share of its uses after an article or preposition, from which it can be a noun."""

    head_share: float = 0.5
    """Share of its uses with no content word after it, from which it can stand alone."""

    modifier_share: float = 0.15
    """Share of its uses with no content word after it, below which it only modifies another."""

    capitals_share: float = 0.5
    """Share of its uses in capitals from which a word is written as an abbreviation."""


VOCABULARY = VocabularyThresholds()


# ------------------------------------------------------------------------- sub-themes


@dataclass(frozen=True, slots=True)
class SubthemeThresholds:
    """Which phrases lead a sub-theme of a known theme.  On the 193 reports 118 sub-themes
    were shown, 0.936 of emergent and sub-themes together came back with a tenth of the reports
    left out, and 0.94 of the assignments read were right."""

    min_theme_findings: int = 60
    """Findings.  A smaller known theme is not divided; 80 at first."""

    min_reports: int = 3
    """Reports in which a sub-theme must occur, however small the theme."""

    min_findings: int = 8
    """Findings that a sub-theme needs, however small the theme."""

    min_report_share: float = 0.13
    """Share of the theme's reports in which a sub-theme must occur.  Higher minimum
    counts were tried: they lose interpreters, short breaks and safety planning."""

    findings_per_root: float = 0.8
    """Findings that a sub-theme needs for each square root of the theme's findings: part of a
    very large theme may be a small share of it and still worth a look."""

    max_share: float = 0.4
    """Share of the theme's findings from which a phrase is the theme in other words and not a
    part of it; 0.3 at first."""

    min_belonging: float = 0.2
    """How far a phrase of several words must belong to the theme (see `belonging`), 0..1."""

    min_belonging_one_word: float = 0.35
    """The same for a single word, which has more meanings."""

    at_home: float = 0.8
    """Share of its best belonging with which a phrase is also at home in another theme.  Lower:
    the same sub-theme under several themes."""

    same_findings: float = 0.6
    """Share of the rarer phrase's findings that hold both, from which two phrases are one
    sub-theme.  Lower: broader sub-themes."""

    max_wider: float = 1.6
    """Times the leading phrase's findings up to which another phrase may join it: a much wider
    one would change what the sub-theme is about."""

    min_new: float = 0.5
    """Share of a phrase's findings, and of the findings that a sub-theme needs, that no
    sub-theme before it holds.  Lower: overlapping sub-themes."""

    size_power: float = 0.8
    """Power of the number of new findings in the choice of the next sub-theme.  Below one, so
    that "child protection conferences" may lead before "child protection"."""

    longer_is_clearer: float = 0.6
    """Bonus per word after the first in the same choice."""

    longer_max_words: int = 3
    """Words after the first that earn this bonus."""

    near_min_findings: float = 0.7
    """Share of the findings that a sub-theme needs from which a phrase is looked at: it may
    reach the rest together with its variants."""

    name_share: float = 0.6
    """Share of the leading phrase's findings that hold a longer form of it, from which that
    form is the name; also the share of the sub-theme that one phrase must cover to name it
    alone."""

    name_share_set_term: float = 0.3
    """The same for a term with an abbreviation: after the first mention a text shortens it."""

    name_share_wider: float = 0.9
    """Share of the sub-theme that must hold a shorter form of a rare long name for it to give
    way to the shorter form."""

    second_phrase_share: float = 0.25
    """Share of the sub-theme that a second phrase must add to be joined to the name."""

    term_min_findings: int = 3
    """Findings of the sub-theme that must hold a term."""

    term_min_lift: float = 0.7
    """Natural logarithm of how much more frequent a term is in the sub-theme than in the theme
    (0.7: twice as frequent).  Lower: terms that siblings share."""

    max_findings_for_phrases: int = 60_000
    """Findings read for recurring phrases, drawn by hash.  A limit on time."""

    phrase_min_findings: int = 5
    """Findings in which a phrase must occur to be counted at all."""

    def least_reports(self, reports: int) -> float:
        """Reports that a sub-theme needs in a theme with so many."""
        return max(self.min_reports, self.min_report_share * reports)

    def least_findings(self, findings: int) -> float:
        """Findings that a sub-theme needs in a theme with so many."""
        return max(self.min_findings, self.findings_per_root * sqrt(findings))


SUBTHEMES = SubthemeThresholds()


# ------------------------------------------------- membership, matching, examples


@dataclass(frozen=True, slots=True)
class MembershipThresholds:
    """Which findings belong to a known theme, and which new ones join themes found before."""

    sure_of_facts: float = 0.75
    """Confidence from which a fact of the case (role "context") counts towards a theme:
    facts mention much that nobody learns from.  Lower: themes fill with case history."""

    sure_beside_surer: float = 0.6
    """Confidence that a code needs beside a surer one of the same finding: a weaker one is
    mostly a mere mention.  Introduced together with sub-themes led by phrases; in that step
    right assignments rose from 0.81 to 0.925 of 120 read."""

    max_growth: float = 0.25
    """New unexplained findings, as a share of those last clustered, up to which themes are kept
    and only extended; above it all are sought again.  Higher: themes stay the same for longer
    although the reports have changed."""

    very_near: float = 0.9
    """Cosine to the centroid from which a new finding joins a theme that a person made, which
    has no floor of its own.  Deliberately strict."""

    terms: int = 8
    """Phrases of the framework that are kept as terms of a known theme."""

    centroid_decimals: int = 5
    """Decimals of a stored centroid.  Changes cosines by less than 0.0001."""

    cosine_decimals: int = 4
    """Decimals of a stored floor or membership."""


MEMBERSHIP = MembershipThresholds()


@dataclass(frozen=True, slots=True)
class MatchingThresholds:
    """When a theme of one build is the same as a theme of the build before, so that it keeps its
    id.  On the 193 reports every id was kept when ten reports were added."""

    min_likeness: float = 0.3
    """Overlap of findings (shared, divided by the smaller theme), 0..1, or a cosine of at least
    `near_centroids`.  Lower: an id may pass to another theme; higher: more ids are lost."""

    near_centroids: float = 0.9
    """Cosine of centroids from which themes are alike although their findings were replaced."""

    same_id: float = 1e6
    """Likeness of two themes with the same id: more than all other pairs together can gain, so
    that no id is given to two themes."""


MATCHING = MatchingThresholds()


@dataclass(frozen=True, slots=True)
class ExemplarThresholds:
    """Which findings are shown as examples of a theme; they move only which sentences are
    shown first."""

    shown: int = 5
    """Examples kept with a theme."""

    considered: int = 200
    """Most typical findings among which examples are sought.  A limit on time."""

    max_cosine: float = 0.9
    """Cosine to an example already chosen from which a finding repeats it."""

    newest_bonus: float = 0.03
    """Cosine added for the newest report, less for older ones: a tie-break."""

    min_words: int = 8
    """Words.  Shorter findings make little sense alone."""

    max_words: int = 45
    """Words.  Longer findings are hard to read as an example."""

    odd_length: float = 0.8
    """Factor for a finding outside these lengths."""

    leans_on_others: float = 0.93
    """Factor for a finding that begins with "This", "They" and the like."""

    typicality: float = 0.7
    """Weight of being typical in the choice of the next example, which is by maximal marginal
    relevance (J. Carbonell and J. Goldstein, SIGIR 1998) with lambda 0.7."""

    difference: float = 0.3
    """Weight of being unlike the examples already chosen (1 - lambda)."""


EXEMPLARS = ExemplarThresholds()
