"""The page that tells what a night's run brought: new reports, moved themes, briefs."""

from __future__ import annotations

from collections.abc import Mapping

from lif_nlp.briefs.writers.as_html import environment


def digest_html(digest: Mapping[str, object], partnership: str = "") -> str:
    """A self-contained page; `digest` has documents, quarantined, moves and briefs."""
    return (
        environment().get_template("digest.html.j2").render(digest=digest, partnership=partnership)
    )
