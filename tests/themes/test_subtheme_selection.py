import numpy as np
import pytest

from lif_nlp.themes.subthemes.selection import Floors, Table, belonging, choose, stability

FLOORS = Floors(reports=3, findings=4, share_of_reports=0.1, times_root=0.1)


def table(
    columns: list[set[int]],
    *,
    findings: int = 40,
    elsewhere: tuple[int, ...] = (),
    words: tuple[int, ...] = (),
    kin: tuple[int, ...] = (),
) -> Table:
    """Findings in ten reports in turn; `columns` holds the findings of each phrase.

    As many findings again stand outside the theme; `elsewhere` says how many of those
    carry each phrase.
    """
    n = len(columns)
    held = np.array([[row in column for column in columns] for row in range(findings)])
    report = np.sort(np.arange(findings) % 10)
    anywhere = np.array([held[report == r].sum(axis=0) for r in range(10)])
    anywhere[0] += np.array(elsewhere or (0,) * n)
    return Table(
        held=held,
        report=report,
        anywhere=anywhere,
        all_of=np.full(10, 2 * findings // 10),
        names=tuple(f"report {r}" for r in range(10)),
        words=np.array(words or (2,) * n),
        kin=np.array(kin or range(n)),
    )


def test_phrases_of_many_reports_lead_subjects():
    found = choose(table([set(range(0, 40, 4)), set(range(1, 40, 6)), {2, 3}]), FLOORS)
    assert [subject.phrases for subject in found] == [(0,), (1,)]


def test_a_phrase_of_one_report_leads_nothing():
    assert choose(table([{0, 1, 2, 3}]), FLOORS) == []


def test_a_phrase_that_stands_as_often_elsewhere_leads_nothing():
    assert choose(table([set(range(0, 40, 4))], elsewhere=(10,)), FLOORS) == []


def test_a_single_word_must_belong_more():
    held = [set(range(0, 40, 4))]
    assert choose(table(held, elsewhere=(5,), words=(1,)), FLOORS) == []
    assert len(choose(table(held, elsewhere=(5,), words=(2,)), FLOORS)) == 1


def test_phrases_in_the_same_findings_are_one_subject():
    (one,) = choose(table([set(range(0, 40, 4)), set(range(0, 36, 4))]), FLOORS)
    assert one.phrases == (0, 1)


def test_variants_are_one_subject_wherever_they_stand():
    (one,) = choose(table([set(range(0, 40, 4)), set(range(1, 40, 4))], kin=(7, 7)), FLOORS)
    assert one.phrases == (0, 1)
    assert one.rows.sum() == 20


def test_a_subject_of_every_report_is_steady_and_a_bare_one_is_not():
    all_over = table([set(range(0, 40, 4)), {0, 5, 13}])
    floors = Floors(reports=3, findings=3, share_of_reports=0.1, times_root=0.1)
    subjects = choose(all_over, floors)
    often, bare = stability(all_over, floors, subjects)
    assert often == 1.0
    assert bare < 0.9


@pytest.mark.parametrize(("inside", "anywhere", "value"), [(5, 5, 1.0), (2, 10, 0.0), (3, 5, 0.5)])
def test_belonging_is_the_share_beyond_the_themes_own(inside, anywhere, value):
    assert belonging(np.array([inside]), np.array([anywhere]), 0.2).tolist() == [
        pytest.approx(value)
    ]
