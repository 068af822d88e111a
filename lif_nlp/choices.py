"""The names that arguments may have, for type checkers and editors to complete and check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypedDict

Role = Literal["strength", "problem", "action", "context"]
"""What a finding says; `records.ROLES`."""

AnyRole = Literal["", "strength", "problem", "action", "context"]
"""A role, or "" for all of them."""

PointRole = Literal["problem", "strength", "action"]
"""On which side a learning point stands; `frame_record.POINT_ROLES`."""

AnyPointRole = Literal["", "problem", "strength", "action"]
"""A side, or "" for all of them."""

Profile = Literal["fast", "accurate"]
"""Chooses the encoder."""

Output = Literal["labels", "scores"]
"""What `PracticeAnnotator` returns."""

PlotKind = Literal["points", "board", "recurrence", "balance", "trend"]
"""The charts of `Workspace.plot`."""

PointAction = Literal["approve", "reject", "rename", "merge", "split", "move"]
"""What a person can decide about a learning point."""


# Written out beside `config.Settings`, as type checkers cannot read its fields; a test compares
# both.
class SettingArguments(TypedDict, total=False):
    """Settings of `lif.toml` as arguments in Python; SETTINGS.md describes each."""

    framework: str | Path
    profile: Profile
    encoder: str
    spacy_model: str
    rules_only: bool
    seed: int
    jobs: int
    cluster: str
    redact: bool
    own_names: Sequence[str]
    corrections: str | Path
    audit_mapping: str | Path
    max_file_mb: int
    seconds_per_file: int
    wait_seconds: int
    settle_seconds: int
    branding: dict[str, object]
    card: dict[str, object]
    fetch: dict[str, object]
    real_corpus: str | Path
