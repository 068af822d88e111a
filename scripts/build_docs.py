"""Builds the documentation as a site that opens from disk, without a network: dist/docs/index.html.

.venv/bin/python -m pip install -e ".[docs]"       # once
.venv/bin/python scripts/build_docs.py             # write dist/docs, or the folder of --out

Guides keep their place, so that their links hold; notebooks become pages; the pages on Python are
made from the docstrings of the public names. Any warning stops the build.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

GUIDES: dict[str, dict[str, str]] = {
    "For learning leads": {
        "Notebooks": "notebooks/README.md",
        "Briefs": "lif_nlp/briefs/README.md",
        "Review with colleagues": "lif_nlp/themes/README.md",
        "Your own framework": "lif_nlp/framework/README.md",
    },
    "For analysts": {
        "Installing": "lif_nlp/INSTALL.md",
        "Commands": "lif_nlp/cli/REFERENCE.md",
        "Settings": "lif_nlp/SETTINGS.md",
        "Reading files": "lif_nlp/ingest/README.md",
        "Workspaces and runs": "lif_nlp/workflow/README.md",
    },
    "Methods and governance": {
        "Methods and limits": "lif_nlp/METHODS.md",
        "Requirements R1-R47": "lif_nlp/framework/REQUIREMENTS.md",
        "What may circulate": "lif_nlp/circulation/README.md",
        "Data protection": "lif_nlp/DATA_PROTECTION.md",
        "Security": "SECURITY.md",
        "Accessibility": "ACCESSIBILITY.md",
        "Transparency record": "ALGORITHMIC_TRANSPARENCY.md",
        "Sample corpus": "corpora/README.md",
    },
    "For contributors": {
        "How the code is laid out": "lif_nlp/README.md",
        "Changes": "CHANGELOG.md",
    },
}
"""Pages by heading of the menu: name and place in the repository."""

API = "python"
"""Folder of the pages that are made from docstrings."""

STYLE = """\
.wy-nav-content { max-width: 60rem; }
.wy-table-responsive table td, .rst-content table td { white-space: normal !important; }
.doc-heading { border-top: 1px solid #ccc; padding-top: .6em; }
h1.doc-heading { border: 0; }
.doc-contents .doc-contents { margin-left: 1.5rem; }
"""

INTRODUCTION = """\
# Python

What `from lif_nlp import ...` gives, each on a page of its own; `help(Workspace)` shows the same.

"""

DOCSTRINGS = {
    "docstring_style": "numpy",
    "filters": ["!^_"],
    "heading_level": 1,
    "inherited_members": True,
    "line_length": 90,
    "members_order": "source",
    "separate_signature": True,
    "show_bases": False,
    "show_root_full_path": False,
    "show_root_heading": True,
    "show_signature_annotations": True,
    "show_source": False,
}
"""How docstrings are read and shown."""

LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
"""A link of Markdown: where to, and the heading there."""


def main() -> None:
    """Build the site, or end with one line that says what is missing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "docs", help="folder to write")
    out = parser.parse_args().out.resolve()
    if not find_spec("mkdocs"):
        sys.exit(
            f'docs: MkDocs is not installed; run: "{sys.executable}" -m pip install -e ".[docs]"'
        )
    with tempfile.TemporaryDirectory(prefix="lif-docs-") as place:
        write_pages(Path(place, "pages"))
        settings = Path(place, "mkdocs.yml")
        # YAML reads JSON.
        settings.write_text(json.dumps(configuration()), encoding="utf-8")
        build = ("-m", "mkdocs", "build", "--strict", "-f", settings, "-d", out)
        if subprocess.run([sys.executable, *build], check=False).returncode:
            sys.exit("docs: the site is not complete (see above)")
    print(f"{out / 'index.html'}: {len(list(out.rglob('*.html')))} pages")


def configuration() -> dict[str, object]:
    """Settings of MkDocs: nothing from a network, and links that hold in a folder."""
    headings = f"{ROOT / 'scripts' / 'docs_examples.py'}:ExampleHeadings"
    handler = {"paths": [str(ROOT)], "options": {**DOCSTRINGS, "extensions": [headings]}}
    return {
        "site_name": "lif_nlp",
        "docs_dir": "pages",
        "use_directory_urls": False,
        "nav": navigation(),
        "theme": {"name": "readthedocs", "highlightjs": False, "navigation_depth": 3},
        "extra_css": ["style.css"],
        "markdown_extensions": ["tables", "toc", "pymdownx.highlight", "pymdownx.superfences"],
        # MkDocs' search asks a server for its index, so a folder has none.
        "plugins": [{"mkdocstrings": {"handlers": {"python": handler}}}],
        "validation": {"anchors": "warn", "unrecognized_links": "warn"},
    }


def navigation() -> list[dict[str, object]]:
    """The menu: the front page, guides under their headings, then Python."""
    guides = [{title: [{n: p} for n, p in pages.items()]} for title, pages in GUIDES.items()]
    names = [{name: f"{API}/{name}.md"} for name in public_names()]
    return [{"Start": "README.md"}, *guides, {"Python": [f"{API}/index.md", *names]}]


def public_names() -> dict[str, str]:
    """Every public name with the module that it lies in, as the stub lists them."""
    stub = ast.parse((ROOT / "lif_nlp" / "__init__.pyi").read_text(encoding="utf-8"))
    imports = [node for node in stub.body if isinstance(node, ast.ImportFrom)]
    return {alias.name: str(node.module) for node in imports for alias in node.names}


def write_pages(folder: Path) -> None:
    """Write the pages that MkDocs turns into a site.

    Parameters
    ----------
    folder
        Where to; made here.
    """
    starts = ["README.md", *(page for pages in GUIDES.values() for page in pages.values())]
    for source in linked_files(ROOT / name for name in starts):
        to = folder / source.relative_to(ROOT)
        to.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".ipynb":
            to.with_suffix(".md").write_text(notebook_page(source), encoding="utf-8")
        elif source.suffix == ".md":
            text = source.read_text(encoding="utf-8")
            to.write_text(text.replace(".ipynb)", ".md)"), encoding="utf-8")
        else:
            shutil.copyfile(source, to)
    (folder / "style.css").write_text(STYLE, encoding="utf-8")
    (folder / API).mkdir()
    listed = "".join(f"- [`{name}`]({name}.md)\n" for name in public_names())
    (folder / API / "index.md").write_text(INTRODUCTION + listed, encoding="utf-8")
    for name, module in public_names().items():
        page = f"::: {module}.{name}\n"
        (folder / API / f"{name}.md").write_text(page, encoding="utf-8")


def linked_files(starts: Iterable[Path]) -> Iterator[Path]:
    """Pages and all files of the project that they link to, directly or not; each once."""
    waiting = [path.resolve() for path in starts]
    seen = set(waiting)
    while waiting:
        page = waiting.pop()
        yield page
        if page.suffix == ".md":
            linked = (page.parent / to for to, _ in LINK.findall(page.read_text(encoding="utf-8")))
            new = {path.resolve() for path in linked if path.is_file()} - seen
            seen |= new
            waiting += sorted(new)


def notebook_page(path: Path) -> str:
    """A notebook as a page of Markdown: its text, and its code in boxes.

    >>> notebook_page(ROOT / "notebooks" / "01_start_here.ipynb").splitlines()[0]
    '# Start here'
    """
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    return "\n\n".join(
        f"```python\n{text}\n```" if kind == "code" else text for kind, text in texts
    )


if __name__ == "__main__":
    main()
