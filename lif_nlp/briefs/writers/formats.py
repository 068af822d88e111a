"""The formats that a brief can be written in, in a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lif_nlp.briefs.writers.as_docx import as_docx
from lif_nlp.briefs.writers.as_html import as_html
from lif_nlp.briefs.writers.as_markdown import as_markdown
from lif_nlp.briefs.writers.as_pdf import as_pdf
from lif_nlp.briefs.writers.as_pptx import as_pptx
from lif_nlp.briefs.writers.branding import BriefBranding
from lif_nlp.records import Brief

Writer = Callable[[Brief, BriefBranding], bytes]
"""Returns the bytes of a brief's file."""

FORMATS: Mapping[str, Writer] = MappingProxyType(
    {"html": as_html, "docx": as_docx, "md": as_markdown, "pptx": as_pptx, "pdf": as_pdf}
)
"""Our own formats: suffix of the file and the function that writes it."""
