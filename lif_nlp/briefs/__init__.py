"""From tables and findings to learning that can be used.

One idea: text is selected, never generated.  Our own words come from templates
and the framework; a report's words are exact quotes with report and page, compared
with the stored source before anything is written.
"""

from __future__ import annotations

from lif_nlp._deprecated import deprecated_names
from lif_nlp.briefs.audiences import Audience, audience_of
from lif_nlp.briefs.kinds import KINDS, Kind
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.verify import verify
from lif_nlp.briefs.readability import count_words, reading_age
from lif_nlp.briefs.registry import brief_kinds, brief_writers
from lif_nlp.briefs.request import BriefRequest
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import assemble, file_stem
from lif_nlp.briefs.sections.claims import Quoter
from lif_nlp.briefs.subjects import Subject, subject_of
from lif_nlp.briefs.writers.branding import BriefBranding, resolve_branding
from lif_nlp.briefs.writers.formats import FORMATS

__all__ = [
    "FORMATS",
    "KINDS",
    "Audience",
    "BriefBranding",
    "BriefRequest",
    "Kind",
    "Material",
    "Quoter",
    "Subject",
    "assemble",
    "audience_of",
    "boxes",
    "brief_kinds",
    "brief_writers",
    "count_words",
    "file_stem",
    "reading_age",
    "resolve_branding",
    "subject_of",
    "verify",
]

__getattr__ = deprecated_names(
    __name__,
    {"Look": "BriefBranding", "look_of": "resolve_branding", "words_of": "count_words"},
)
