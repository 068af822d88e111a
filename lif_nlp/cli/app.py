"""The application `lif` and its commands, in the order in which users meet them."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.core import TyperGroup

from lif_nlp.cli import options as o
from lif_nlp.cli.add import add
from lif_nlp.cli.annotate import annotate
from lif_nlp.cli.brief import brief
from lif_nlp.cli.card import card
from lif_nlp.cli.check import check
from lif_nlp.cli.config import config
from lif_nlp.cli.demo import demo
from lif_nlp.cli.evaluate import evaluate
from lif_nlp.cli.export import export
from lif_nlp.cli.follow import follow
from lif_nlp.cli.mine import mine
from lif_nlp.cli.notebooks import notebooks
from lif_nlp.cli.points import points
from lif_nlp.cli.purge import purge
from lif_nlp.cli.review import review
from lif_nlp.cli.search import search
from lif_nlp.cli.sent import sent
from lif_nlp.cli.status import status
from lif_nlp.cli.themes import themes
from lif_nlp.cli.watch import watch

STOPPED = 130
"""Exit code after Ctrl-C, as shells give it: 128 and the number of the signal."""

_KEEPING = ("mine", "add", "demo")
"""Commands that store each batch of reports as it is read, so that they can be gone on with."""


class _Commands(TyperGroup):
    """The commands, any of which ends with one line when somebody presses Ctrl-C."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            is_kept = ctx.invoked_subcommand in _KEEPING
            go_on = " What was read is kept; run the same command again to go on." * is_kept
            o.warn(f"\nStopped.{go_on}")
            raise typer.Exit(STOPPED) from None


app = typer.Typer(
    name="lif",
    cls=_Commands,
    no_args_is_help=True,
    # Rich shows the values of variables in a traceback, and those may be words of a report.
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS = (
    demo, notebooks, mine, add, themes, brief, card, search, export, status, review, follow, sent,
    watch, purge, check, annotate, points, evaluate, config,
)  # fmt: skip
for command in COMMANDS:
    # `lif brief neglect`: the command itself says which option is missing.
    app.command(context_settings={"allow_extra_args": command is brief})(command)


def _show_version(version: bool) -> None:
    if version:
        from lif_nlp.about import __version__

        o.say(f"lif_nlp {__version__}")
        raise typer.Exit


@app.callback()
def lif(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the version and exit.", callback=_show_version, is_eager=True
        ),
    ] = False,
    debug: o.Debug = False,
) -> None:
    """Mine learning from child safeguarding reviews, on this machine only."""
