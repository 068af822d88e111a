"""Findings as a table to read: the text first, then labels and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from lif_nlp.display import page

COLUMNS = ("Text", "Label", "About", "Report and page")
_HINDSIGHT = "hindsight wording: "
_WIDTHS = ("52%", "14%", "16%", "18%")
_WRAP = "white-space:normal;text-align:left"
_INITIALISED = "_lif_nlp_tables_ready"


@dataclass(frozen=True, eq=False)
class FindingTable:
    """Findings for a notebook to show.

    If itables is installed, the table can be sorted, searched and paged offline; otherwise
    the first rows are shown.

    Attributes
    ----------
    data
        Rows of `Workspace.findings`.
    names
        Names of priorities and themes by ID.
    max_rows
        Rows shown without itables.
    interactive
        Use itables where possible.
    """

    data: pd.DataFrame
    names: Mapping[str, str]
    max_rows: int = 20
    interactive: bool = True

    def __len__(self) -> int:
        return len(self.data)

    def _repr_html_(self) -> str:
        if self.interactive and (html := self._interactive()):
            return html
        rows = [self._cells(row) for row in self.data.head(self.max_rows).to_dict("records")]
        rest = len(self.data) - len(rows)
        note = f"<p><small>{rest} more; increase `max_rows`.</small></p>" if rest > 0 else ""
        return page.table(f"{len(self.data)} findings", COLUMNS, rows) + note

    def _interactive(self) -> str:
        """The table of itables, or empty outside a notebook or without itables."""
        try:
            from IPython.core.getipython import get_ipython
            from itables import init_notebook_mode, to_html_datatable
        except ImportError:
            return ""
        notebook = get_ipython()
        # IPython in a terminal shows no HTML.
        if notebook is None or not hasattr(notebook, "kernel"):
            return ""
        if not getattr(notebook, _INITIALISED, False):
            # embeds the script in the notebook, so that nothing is downloaded
            init_notebook_mode(all_interactive=False, connected=False)
            setattr(notebook, _INITIALISED, True)
        rows = [
            [f'<div style="{_WRAP}">{cell}</div>' for cell in self._cells(row)]
            for row in self.data.to_dict("records")
        ]
        return str(
            to_html_datatable(
                pd.DataFrame(rows, columns=list(COLUMNS)),
                caption=f"{len(self.data)} findings",
                connected=False,
                allow_html=True,
                showIndex=False,
                autoWidth=False,
                columnDefs=[
                    {"targets": "_all", "className": "dt-left"},
                    *(
                        {"targets": position, "width": width}
                        for position, width in enumerate(_WIDTHS)
                    ),
                ],
                display_logo_when_loading=False,
                maxBytes=0,
            )
        )

    def _cells(self, row: Mapping[Any, Any]) -> list[str]:
        labels = [str(row["role"]) + (", with a reason" if row.get("why") else "")]
        if row.get("hindsight"):
            labels.append(_HINDSIGHT + ", ".join(row["hindsight"]))
        codes = [*row.get("priorities", ()), *row.get("themes", ())]
        citation = f"{row.get('title') or row.get('source', '')}, page {row['page']}"
        return [
            escape(str(row["text"])),
            "<br>".join(escape(label) for label in labels),
            "<br>".join(escape(self.names.get(code, code)) for code in codes),
            page.link(str(row.get("source", "")), int(row["page"]), citation),
        ]
