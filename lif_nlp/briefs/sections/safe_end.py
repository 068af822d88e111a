"""How a story is ended safely: what a facilitator says aloud of the child's evening."""

from __future__ import annotations

from lif_nlp.briefs.sections.claims import action, statement
from lif_nlp.framework.brief_texts import Scenario, SessionPlan
from lif_nlp.records import Claim

HEADING = "End the story safely"


def safe_end(plan: SessionPlan, story: Scenario | None) -> list[Claim]:
    """What the facilitator says of tonight, the story's own lines first.

    A story stops where the groups decide, with its child still at risk.  No lines where the
    framework holds none.
    """
    if not plan.safety:
        return []
    lead, *general = plan.safety
    own = [action(line) for line in story.safety] if story else []
    if story and own:
        own = [statement(f"For {story.child}, tonight:"), *own, statement("In any such case:")]
    return [statement(lead), *own, *(action(line) for line in general)]
