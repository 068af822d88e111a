"""Quotes for a blind reader: spread over the reports, the same for a seed, scored by side."""

import json
import random

import draw_quotes


def rows(*counts):
    return [
        {"doc_id": f"d{report}", "finding_id": f"d{report}:{n}"}
        for report, count in enumerate(counts)
        for n in range(count)
    ]


def test_every_report_gives_one_before_any_gives_a_second():
    drawn = draw_quotes.spread(rows(9, 2, 1), 5, random.Random(1))
    first = {row["doc_id"] for row in drawn[:3]}
    assert first == {"d0", "d1", "d2"}
    assert sorted(row["doc_id"] for row in drawn) == ["d0", "d0", "d1", "d1", "d2"]


def test_a_seed_gives_the_same_quotes_whatever_their_order():
    some = rows(5, 5, 5)
    one = draw_quotes.spread(some, 7, random.Random(3))
    assert one == draw_quotes.spread(some[::-1], 7, random.Random(3))
    assert len(draw_quotes.spread(some, 99, random.Random(3))) == 15


def test_only_what_the_reader_could_tell_is_scored(tmp_path):
    marks = [("strength", True), ("strength", False), ("strength", None), ("problem", True)]
    lines = [json.dumps({"side": side, "holds": holds}) for side, holds in marks]
    (tmp_path / "quotes.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert draw_quotes.score(tmp_path) == {"strength": (1, 2), "problem": (1, 1), "reason": (0, 0)}
