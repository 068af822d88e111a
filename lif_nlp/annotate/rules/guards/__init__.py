"""guards: tests that a rule's hit must pass before it counts as hindsight wording.

A rule's pattern is quick to meet and easily fooled: "failed to" is said of mothers
and brakes as well as of services.  Each guard answers one question about a
`Candidate`; the rules of `hindsight_rules.toml` name the guards they need.
"""

from lif_nlp.annotate.rules.guards import aware, blame, common, counterfactual, outcome
from lif_nlp.annotate.rules.guards.base import GUARDS, Guard

__all__ = ["GUARDS", "Guard", "aware", "blame", "common", "counterfactual", "outcome"]
