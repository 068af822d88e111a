"""What a partnership wants to learn, kept as data that a learning lead can edit.

`load_framework()` gives the framework of North East Lincolnshire, or that of a
TOML file of your own, checked line by line.
"""

from lif_nlp.framework.brief_texts import (
    Act,
    Advice,
    AudienceGroup,
    Challenge,
    Decision,
    HandoutPart,
    Reaction,
    Scenario,
    SessionForm,
    SessionPlan,
    SessionStep,
)
from lif_nlp.framework.load import load_framework
from lif_nlp.framework.model import (
    Agency,
    Aspect,
    Confusion,
    Defect,
    Framework,
    HindsightCode,
    PracticeTheme,
    Priority,
    Requirement,
    ReviewType,
    SeedPoint,
    SubArea,
)

__all__ = [
    "Act",
    "Advice",
    "Agency",
    "Aspect",
    "AudienceGroup",
    "Challenge",
    "Confusion",
    "Decision",
    "Defect",
    "Framework",
    "HandoutPart",
    "HindsightCode",
    "PracticeTheme",
    "Priority",
    "Reaction",
    "Requirement",
    "ReviewType",
    "Scenario",
    "SeedPoint",
    "SessionForm",
    "SessionPlan",
    "SessionStep",
    "SubArea",
    "load_framework",
]
