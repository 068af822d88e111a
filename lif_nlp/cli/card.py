"""`lif card`: the local numbers and addresses of briefs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def card(
    workspace: o.Workspace = Path("learning"),
    example: Annotated[
        bool, typer.Option("--example", help="Print an example, also if a card is set.")
    ] = False,
    framework: o.FrameworkFile = None,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Show the local card of briefs, or an example to paste.

    It is the table [card] in the workspace's lif.toml: numbers, procedures, tools and courses.
    """
    from lif_nlp.about import install_command
    from lif_nlp.briefs.writers.qr_codes import can_draw
    from lif_nlp.config import load_settings
    from lif_nlp.errors import ConfigError
    from lif_nlp.framework import load_framework
    from lif_nlp.local_card import card_faults, example_card

    settings = load_settings(workspace, framework=framework)
    used = load_framework(settings.framework)
    path = workspace / "lif.toml"
    if faults := card_faults(settings.card, used):
        raise ConfigError(f"{path}: {'; '.join(faults)}; correct the value and run again")
    if json:
        o.show_json(settings.card.model_dump())
        return
    if example or not settings.card.is_filled:
        if not example:
            o.warn(f"no card is set; paste this at the end of {path} and change every line:")
        o.say(example_card(used))
        return
    for line in settings.card.lines(contact=settings.branding.contact):
        o.say(f"{line.name}: {line.text}" if line.text else line.name)
    if not can_draw():
        command = install_command("segno", "card")
        o.warn(f"addresses are printed without QR codes; for codes run: {command}")
    if missing := settings.card.missing():
        o.warn(f"not set: {', '.join(missing)}; see: lif card --example")
