"""Paths of written files, shown as links with a preview of the first web page."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from lif_nlp.display import page

_FORMAT_NAMES = {
    ".html": "web page", ".docx": "Word", ".pptx": "PowerPoint", ".pdf": "PDF", ".md": "text",
}  # fmt: skip


class FileLinks(list[Path]):
    """A list of paths; a notebook shows links to the files and the first web page.

    >>> FileLinks([Path("briefs/a.docx")])._repr_html_().count("Word")
    1
    """

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{_link(path)}</li>" for path in self)
        files = "1 file" if len(self) == 1 else f"{len(self)} files"
        return f"<p>{files} written:</p><ul>{items}</ul>{self._preview()}"

    def _preview(self) -> str:
        """The first web page in a sandboxed frame, where its scripts cannot run."""
        pages = [path for path in self if path.suffix == ".html" and path.is_file()]
        if not pages:
            return ""
        # In the notebook itself, so that it still shows when it is sent to somebody.
        data = base64.b64encode(pages[0].read_bytes()).decode("ascii")
        return (
            f'<iframe sandbox title="{escape(pages[0].stem)}" width="100%" height="620" '
            f'style="border:1px solid {page.PALE}" src="data:text/html;base64,{data}"></iframe>'
        )


def _link(path: Path) -> str:
    name = _FORMAT_NAMES.get(path.suffix, path.suffix.lstrip("."))
    return f"{page.link(str(path), 1, path.name)} ({escape(name)})"
