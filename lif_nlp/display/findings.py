"""Findings as a table for people: the words first, then where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from lif_nlp.display import page

COLUMNS = ("Words", "Says", "About", "Report and page")
_HINDSIGHT = "hindsight wording: "
_WIDTHS = ("52%", "14%", "16%", "18%")
_WRAP = "white-space:normal;text-align:left"
_READY = "_lif_nlp_tables_ready"


@dataclass(frozen=True, eq=False)
class FindingTable:
    """Findings that show themselves in a notebook; `data` holds their rows.

    Where the package itables is installed the table can be sorted, searched and paged,
    offline; else the first `most` rows are shown plainly.
    """

    data: pd.DataFrame
    names: Mapping[str, str]
    most: int = 20
    interactive: bool = True

    def __len__(self) -> int:
        return len(self.data)

    def _repr_html_(self) -> str:
        if self.interactive and (shown := self._interactive()):
            return shown
        rows = [self._cells(row) for row in self.data.head(self.most).to_dict("records")]
        left = len(self.data) - len(rows)
        more = f"<p><small>{left} more; give a larger `most`.</small></p>" if left > 0 else ""
        return page.table(f"{len(self.data)} findings", COLUMNS, rows) + more

    def _interactive(self) -> str:
        """The table of itables; empty where no notebook listens, or itables is missing."""
        try:
            from IPython.core.getipython import get_ipython
            from itables import init_notebook_mode, to_html_datatable
        except ImportError:
            return ""
        notebook = get_ipython()
        if notebook is None or not hasattr(notebook, "kernel"):
            return ""
        if not getattr(notebook, _READY, False):
            # lays the script into the notebook, so that nothing is fetched
            init_notebook_mode(all_interactive=False, connected=False)
            setattr(notebook, _READY, True)
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
                    *({"targets": at, "width": width} for at, width in enumerate(_WIDTHS)),
                ],
                display_logo_when_loading=False,
                maxBytes=0,
            )
        )

    def _cells(self, row: Mapping[Any, Any]) -> list[str]:
        says = [str(row["role"]) + (", with a reason" if row.get("why") else "")]
        if row.get("hindsight"):
            says.append(_HINDSIGHT + ", ".join(row["hindsight"]))
        about = [*row.get("priorities", ()), *row.get("themes", ())]
        where = f"{row.get('title') or row.get('source', '')}, page {row['page']}"
        return [
            escape(str(row["text"])),
            "<br>".join(escape(part) for part in says),
            "<br>".join(escape(self.names.get(code, code)) for code in about),
            page.link(str(row.get("source", "")), int(row["page"]), where),
        ]
