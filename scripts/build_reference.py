"""Writes lif_nlp/cli/REFERENCE.md from the commands, and lif_nlp/SETTINGS.md from the settings.

.venv/bin/python scripts/build_reference.py           # write
.venv/bin/python scripts/build_reference.py --check   # check that they are current
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, get_args, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from lif_nlp.cli.app import COMMANDS
from lif_nlp.setting_descriptions import describe_settings

REFERENCE = Path(__file__).parent.parent / "lif_nlp" / "cli" / "REFERENCE.md"

SETTINGS = Path(__file__).parent.parent / "lif_nlp" / "SETTINGS.md"

SETTINGS_HEAD = """\
# Settings

Generated from `lif_nlp/config.py` by `scripts/build_reference.py`; a test fails if it is out of
date.

Settings are kept in `lif.toml` in the folder of the workspace, a text file; any editor will do.
Each is a line such as `jobs = 2`; text goes in quotation marks. On Windows, write `/` in paths,
as in `"C:/reviews/corrections.toml"`. An environment variable, `LIF_` followed by the name in
capitals (`LIF_JOBS=2`), overrides the file. An option of a command (`--jobs 2`) overrides both,
and so does an argument in Python: `Workspace("learning", jobs=2)`. `lif config` shows what is in
force and where it was set. A wrong name or value stops the command with a line that names it.
"""

TABLE_TITLES = {
    "": "At the top of the file",
    "branding": "Below a line `[branding]`: how briefs look",
    "fetch": "Below a line `[fetch]`: what `lif watch` may download",
}

COLUMNS = "| example | meaning | values | default |\n|---|---|---|---|"

SETTINGS_END = """\
## Below a line `[card]`: local numbers and addresses

`lif card --example` prints a table to paste and change; `lif card` shows the one in force.
"""

HEAD = """\
# Commands

Generated from the commands by `scripts/build_reference.py`; a test fails if it is out of date.
`lif --help` and `lif COMMAND --help` show the same in the terminal, `lif --version` the version.

Progress goes to stderr, results to stdout. An error is one line that says what to do; `--debug`,
before or after the name of the command, shows where it came from. Commands that write also keep
that in `lif.log` in the workspace, which never contains words of a report. Exit codes: 0 done;
1 failed; 2 wrong usage; 3 done, but some inputs were quarantined (they are listed).
"""

EXAMPLES = {
    "demo": ["lif demo"],
    "notebooks": ["lif notebooks my-notebooks"],
    "mine": [
        "lif mine reports/ -w learning",
        "lif mine reports/ audits/*.xlsx -w learning --jobs 4",
    ],
    "add": ["lif add reports/2025/*.pdf -w learning"],
    "themes": ["lif themes -w learning"],
    "brief": [
        "lif brief -w learning --priority neglect --format html,docx",
        "lif brief -w learning --theme recording --audience managers --kind session --format pptx",
        "lif brief -w learning --kind board",
    ],
    "card": ["lif card -w learning", "lif card --example"],
    "check": ["lif check draft_report.docx"],
    "search": ['lif search "missed appointments" -w learning --limit 5'],
    "export": [
        "lif export findings findings.xlsx -w learning",
        "lif export assignments coded.qdpx -w learning",
        "lif export labels labels.jsonl -w learning",
    ],
    "status": ["lif status -w learning"],
    "review": [
        "lif review -w learning --export review.xlsx",
        'lif review -w learning --import review.xlsx --author "A. Reader"',
        "lif review -w learning --import coded.qdpx",
    ],
    "follow": [
        "lif follow plan_2026-03.xlsx response.pdf re-audit.docx -w learning",
        "lif follow -w learning",
    ],
    "sent": ['lif sent briefs/recording.docx --to "Head teachers" --on 2026-03-31 -w learning'],
    "watch": ["lif watch incoming/ -w learning --once"],
    "purge": ["lif purge --report d-0123456789abcdef -w learning"],
    "annotate": ["lif annotate texts.jsonl labels.jsonl"],
    "points": [
        "lif points -w learning --role problem",
        "lif points -w learning --all --json",
        "lif points --pairs pairs.jsonl relations.jsonl",
    ],
    "config": ["lif config -w learning", "lif config --all"],
    "evaluate": ["lif evaluate", "lif evaluate --sentences own.jsonl", "lif evaluate --rules"],
}
"""At least one call of each command; keep them short."""


_KINDS = {Path: "PATH", int: "NUMBER", float: "NUMBER", str: "TEXT"}


def reference() -> str:
    """The whole page; raises KeyError for a command without an example."""
    commands = {command.__name__: command for command in COMMANDS}
    contents = "".join(f"- [`lif {name}`](#lif-{name})\n" for name in commands)
    parts = [HEAD, contents, *(_command(name, command) for name, command in commands.items())]
    return "\n".join(parts)


def _command(name: str, command: Callable[..., None]) -> str:
    hints = get_type_hints(command, include_extras=True)
    arguments, options = [], []
    for parameter in signature(command).parameters.values():
        # The context of a call is not typed by anybody.
        if hints[parameter.name] is typer.Context:
            continue
        kind, info = get_args(hints[parameter.name])
        if isinstance(info, ArgumentInfo):
            arguments.append((info.metavar or parameter.name.upper(), info.help or ""))
        elif not info.hidden:
            options.append((_names(parameter, kind, info), (info.help or "") + _default(parameter)))
    shape = " ".join([f"lif {name}", *(metavar for metavar, _ in arguments), "[OPTIONS]"])
    pairs = [*arguments, *options]
    rows = [f"| `{name.replace('|', ' or ')}` | {meaning} |" for name, meaning in pairs]
    return "\n".join(
        [
            f"## lif {name}\n",
            " ".join((command.__doc__ or "").split()),
            f"\n    {shape}\n",
            "| | |\n|---|---|",
            *rows,
            "\n```bash",
            *EXAMPLES[name],
            "```\n",
        ]
    )


def _names(parameter: Parameter, kind: Any, info: OptionInfo) -> str:
    # In Annotated, typer stores the first name of an option as its default.
    names = [name for name in (info.default, *(info.param_decls or ())) if isinstance(name, str)]
    joined = ", ".join(names or [f"--{parameter.name.strip('_').replace('_', '-')}"])
    inner = [kind, *get_args(kind), *(deep for one in get_args(kind) for deep in get_args(one))]
    plain = next((one for one in inner if one in (bool, *_KINDS)), str)
    return joined if plain is bool else f"{joined} {info.metavar or _KINDS[plain]}"


def _default(parameter: Parameter) -> str:
    value = parameter.default
    return "" if value in (None, "", False, parameter.empty) else f" Default: `{value}`."


def settings_page() -> str:
    """The page of settings; raises KeyError for one whose class does not describe it."""
    parts = [SETTINGS_HEAD]
    for table, title in TABLE_TITLES.items():
        rows = [
            _row(f"`{one.example}`", one.meaning, one.values, f"`{one.default or 'none'}`")
            for one in describe_settings()
            if one.table == table
        ]
        parts.append("\n".join([f"## {title}\n", COLUMNS, *rows, ""]))
    return "\n".join([*parts, SETTINGS_END])


def _row(*cells: str) -> str:
    """One row of a table in Markdown, where a bar would end a cell."""
    escaped = " | ".join(cell.replace("|", r"\|") for cell in cells)
    return f"| {escaped} |"


PAGES = {REFERENCE: reference, SETTINGS: settings_page}


def main() -> None:
    """Write the pages; with --check, fail if one is out of date."""
    for path, page in PAGES.items():
        current = page()
        if "--check" not in sys.argv:
            path.write_text(current, encoding="utf-8", newline="\n")
        elif not path.is_file() or path.read_text(encoding="utf-8") != current:
            sys.exit(f"{path}: out of date; run scripts/build_reference.py")


if __name__ == "__main__":
    main()
