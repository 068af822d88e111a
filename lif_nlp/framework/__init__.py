"""What a partnership wants to learn, kept as data that a learning lead can edit.

`load_framework()` gives the framework of North East Lincolnshire, or that of a
TOML file of your own, checked line by line.
"""

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
    "Agency",
    "Aspect",
    "Confusion",
    "Defect",
    "Framework",
    "HindsightCode",
    "PracticeTheme",
    "Priority",
    "Requirement",
    "ReviewType",
    "SeedPoint",
    "SubArea",
    "load_framework",
]
