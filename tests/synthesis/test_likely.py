import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lif_nlp.framework import load_framework
from lif_nlp.records import ROLES
from lif_nlp.synthesis import likely_ranges, priorities, recurrence
from lif_nlp.synthesis.likely import (
    FILE,
    MOST_HITS,
    LabelErrors,
    RoleErrors,
    distribution,
    hits_by_kind,
    label_errors,
)

# Of 40 marked reports without a finding 4 have the theme, of 20 with one 10, of 20 with more 19.
COUNTS = np.asarray([[4, 36], [10, 10], [10, 0], [9, 1]], float)
ERRORS = LabelErrors({("reviews", "theme", "sharing"): COUNTS})


def test_a_single_finding_is_worth_less_than_three():
    one = ERRORS.likely("theme", "sharing", {"reviews": [1] * 10})
    three = ERRORS.likely("theme", "sharing", {"reviews": [3] * 10})
    assert one[0] < 5 < one[1] < 10
    assert one[0] < three[0] and three[1] == 10


def test_reports_without_a_finding_may_have_the_label_all_the_same():
    low, high = ERRORS.likely("theme", "sharing", {"reviews": [0] * 20})
    assert low == 0 and 2 <= high <= 8


def test_a_label_whose_errors_are_not_known_has_no_range():
    assert ERRORS.likely("theme", "invented", {"reviews": [1, 2]}) is None
    assert ERRORS.likely("theme", "sharing", {"letters": [1, 2]}) is None


def test_the_range_holds_in_95_of_100_draws():
    generator = np.random.default_rng(3)
    rates = np.asarray([0.1, 0.5, 0.9, 0.95])
    held = 0
    for _ in range(400):
        gold = generator.binomial([40, 20, 10, 10], rates)
        counts = np.stack([gold, np.asarray([40, 20, 10, 10]) - gold], axis=1).astype(float)
        hits = [0] * 12 + [1] * 5 + [2] * 4 + [3] * 4
        errors = LabelErrors({("reviews", "theme", "a"): counts})
        low, high = errors.likely("theme", "a", {"reviews": hits})
        held += low <= generator.binomial([12, 5, 4, 4], rates).sum() <= high
    assert held / 400 >= 0.95


def test_the_spread_between_hands_widens_the_range():
    hits = {"reviews": [0] * 10 + [1] * 5 + [2] * 5}
    key = ("reviews", "theme")
    one, many = (
        LabelErrors(ERRORS.counts, alike={key: alike}).likely("theme", "sharing", hits)
        for alike in (0.0, 0.2)
    )
    assert many[0] <= one[0] and one[1] < many[1]
    assert ERRORS.likely("theme", "sharing", hits) == one


def test_few_hands_widen_the_range_of_roles():
    single = RoleErrors(reports=30, tp=200, fp=20, fn=60, tn=720, together=0.0)
    several = replace(single, hands=7, between=0.001)
    narrow, wide = (
        LabelErrors({}, {("r", "action"): e}).likely_findings("action", {"r": [(10, 50)] * 4})
        for e in (single, several)
    )
    assert wide[0] < narrow[0] and narrow[1] < wide[1]


def test_probabilities_add_up():
    assert distribution([3, 2, 0, 1], COUNTS, COUNTS).sum() == pytest.approx(1)


def test_roles_take_the_mean_error_and_widen_where_reports_are_wrong_as_a_whole():
    apart = RoleErrors(reports=30, tp=200, fp=20, fn=60, tn=720, together=0.0)
    whole = RoleErrors(reports=30, tp=200, fp=20, fn=60, tn=720, together=0.3)
    found = {"reviews": [(10, 50)] * 4}
    narrow, wide = (
        LabelErrors({}, {("reviews", "strength"): errors}).likely_findings("strength", found)
        for errors in (apart, whole)
    )
    # 40 were found, and 4 in 100 of 200 findings were missed.
    assert narrow[0] < 48 < narrow[1] and narrow[0] > 30
    assert wide[0] < narrow[0] and narrow[1] < wide[1]


def test_what_is_stored_knows_the_frameworks_labels_for_both_kinds_of_report():
    framework = load_framework()
    measured = json.loads(FILE.read_text("utf-8"))["profiles"]
    for profile in {"fast", "accurate", *measured}:
        errors = label_errors(profile)
        for kind in ("letters", "reviews"):
            for theme in framework.themes:
                assert errors.counts[kind, "theme", theme.code].shape == (MOST_HITS + 1, 2)
            assert all((kind, role) in errors.roles for role in ROLES)
    assert not label_errors("rules").counts


def test_tables_have_ranges_where_the_profile_is_known(frames, framework):
    assert recurrence(frames, framework)["likely_low"].isna().all()
    own = load_framework()
    known = {**frames, "settings": pd.DataFrame({"profile": ["fast"]})}
    harm = priorities(known, own).set_index("priority").loc["neglect"]
    assert harm.likely_low <= harm.reports <= harm.likely_high <= harm.of_reports
    assert (
        recurrence(known, own)["likely_low"].isna().all()
    )  # none of its themes is the framework's
    ranges = likely_ranges(known, own)
    assert ranges["priority", "neglect", "reports"] == (harm.likely_low, harm.likely_high)
    assert ("all", "all", "problem") in ranges
    assert not likely_ranges(frames, own)


def test_every_report_has_its_hits_also_none():
    kinds = pd.Series({"a": "letters", "b": "reviews", "c": "reviews"})
    hits = hits_by_kind(kinds, pd.Series(["a", "b", "b"]))
    assert hits == {"letters": [1], "reviews": [2, 0]}
