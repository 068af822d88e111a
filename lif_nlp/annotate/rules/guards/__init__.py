"""guards: tests that a match of a rule must pass before it counts as hindsight wording.

A rule's pattern alone matches too much: "failed to" is said of mothers and brakes as well
as of services.  Each guard answers one question about a `Candidate`; the hindsight TOML
files name the guards that each rule needs.
"""

from lif_nlp.annotate.rules.guards import (
    aware,
    blame,
    common,
    counterfactual,
    narrative,
    outcome,
)
from lif_nlp.annotate.rules.guards.base import GUARDS, Guard

__all__ = ["GUARDS", "Guard", "aware", "blame", "common", "counterfactual", "narrative", "outcome"]
