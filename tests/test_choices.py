"""What type checkers allow is what runs, and they find a misspelt name."""

import inspect
from typing import get_args, get_type_hints

import pytest

from lif_nlp import PracticeAnnotator, ThemeModel, Workspace, choices
from lif_nlp.config import Settings
from lif_nlp.frame_record import POINT_ROLES
from lif_nlp.records import ROLES
from lif_nlp.workflow.plot import KINDS
from lif_nlp.workflow.point_decisions import ACTIONS


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (choices.Role, ROLES),
        (choices.AnyRole, ("", *ROLES)),
        (choices.PointRole, POINT_ROLES),
        (choices.AnyPointRole, ("", *POINT_ROLES)),
        (choices.Profile, get_args(Settings.model_fields["profile"].annotation)),
        (choices.PointAction, ACTIONS),
        (choices.PlotKind, KINDS),
    ],
)
def test_the_names_are_those_that_run(choice, names):
    assert set(get_args(choice)) == set(names)


def test_every_setting_may_be_an_argument():
    assert set(get_type_hints(choices.SettingArguments)) == set(Settings.model_fields)


@pytest.mark.parametrize(
    ("function", "argument", "choice"),
    [
        (Workspace.findings, "role", choices.AnyRole),
        (Workspace.search, "role", choices.AnyRole),
        (Workspace.points, "role", choices.AnyPointRole),
        (Workspace.plot, "kind", choices.PlotKind),
        (Workspace.correct, "role", choices.Role | None),
        (Workspace.decide_point, "action", choices.PointAction),
        (PracticeAnnotator.__init__, "profile", choices.Profile),
        (PracticeAnnotator.__init__, "output", choices.Output),
        (ThemeModel.__init__, "profile", choices.Profile),
    ],
)
def test_an_argument_with_a_choice_names_it(function, argument, choice):
    written = inspect.unwrap(function).__annotations__[argument]
    assert eval(written, vars(choices)) == choice
