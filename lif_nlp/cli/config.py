"""`lif config`: the settings in force, and where each was set."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def config(
    workspace: o.Workspace = Path("learning"),
    all_: Annotated[bool, typer.Option("--all", help="Also settings that nobody changed.")] = False,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Show the settings in force, and where each was set.

    They are read from lif.toml in the workspace, then from environment variables; options of a
    command go before both.  SETTINGS.md describes every one.
    """
    from lif_nlp.setting_descriptions import settings_in_force

    settings = list(settings_in_force(workspace))
    if json:
        o.show_json([asdict(setting) for setting in settings])
        return
    visible = [setting for setting in settings if all_ or setting.origin != "default"]
    for setting in visible:
        o.say(f"{setting.name} = {setting.value or '(not set)'}    # {setting.origin}")
    if not visible:
        o.say("every setting has its default value")
    if not all_:
        o.warn(f"change them in {workspace / 'lif.toml'}; to list all: lif config --all")
