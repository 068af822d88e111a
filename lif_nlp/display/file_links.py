"""The files that a brief came to, shown with the first page where there is one."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from lif_nlp.display import page

_TELL = {
    ".html": "web page", ".docx": "Word", ".pptx": "PowerPoint", ".pdf": "PDF", ".md": "text",
}  # fmt: skip


class Written(list[Path]):
    """A list of paths that shows links to the files and, in a notebook, the web page itself.

    >>> Written([Path("briefs/a.docx")])._repr_html_().count("Word")
    1
    """

    def _repr_html_(self) -> str:
        links = "".join(f"<li>{_linked(path)}</li>" for path in self)
        return f"<p>{len(self)} written:</p><ul>{links}</ul>{self._preview()}"

    def _preview(self) -> str:
        """The first web page in a frame of its own, where its scripts cannot run."""
        pages = [path for path in self if path.suffix == ".html" and path.is_file()]
        if not pages:
            return ""
        data = base64.b64encode(pages[0].read_bytes()).decode("ascii")
        return (
            f'<iframe sandbox title="{escape(pages[0].stem)}" width="100%" height="620" '
            f'style="border:1px solid {page.PALE}" src="data:text/html;base64,{data}"></iframe>'
        )


def _linked(path: Path) -> str:
    kind = _TELL.get(path.suffix, path.suffix.lstrip("."))
    return f"{page.link(str(path), 1, path.name)} ({escape(kind)})"
