"""lif_nlp: mines learning from child safeguarding reviews, offline."""

from __future__ import annotations

__version__ = "0.1.0"
