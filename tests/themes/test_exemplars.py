import numpy as np

from lif_nlp.records import Finding
from lif_nlp.themes.corpus import Corpus, first_copies
from lif_nlp.themes.exemplars import choose_exemplars

TYPICAL = "The health visitor had not seen the plan before the meeting took place."


def corpus(rows: list[tuple[str, str, list[float]]]) -> Corpus:
    vectors = np.array([v for _, _, v in rows], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Corpus(
        tuple(
            Finding(f"f{n}", doc, 0, len(text), text, 1) for n, (doc, text, _) in enumerate(rows)
        ),
        vectors,
    )


def test_repeats_are_passed_over():
    rows = corpus(
        [
            ("d1", TYPICAL, [1, 0.1, 0]),
            ("d2", TYPICAL, [1, 0.1, 0]),
            ("d3", TYPICAL.replace("plan", "chronology"), [1, -0.6, 0.2]),
        ]
    )
    assert choose_exemplars(rows, [0, 1, 2]) == ("f0", "f2")


def test_other_reports_come_before_a_second_from_the_same():
    rows = corpus(
        [
            ("d1", TYPICAL, [1, 0.0, 0.0]),
            ("d1", TYPICAL.replace("plan", "letter"), [1, 0.5, 0.0]),
            ("d2", TYPICAL.replace("plan", "record"), [1, -0.9, 0.4]),
        ]
    )
    chosen = choose_exemplars(rows, [0, 1, 2])
    assert chosen[:2] in {("f0", "f2"), ("f1", "f2")}


def test_a_sentence_that_leans_on_another_counts_less():
    rows = corpus(
        [
            ("d1", "This was not seen before the meeting took place at all.", [1, 0]),
            ("d2", TYPICAL, [1, 0.01]),
        ]
    )
    assert choose_exemplars(rows, [0, 1], shown=1) == ("f1",)


def test_newer_reports_win_between_equals():
    rows = corpus([("d1", TYPICAL, [1, 0.02]), ("d2", TYPICAL + " Again.", [1, -0.02])])
    dates = {"d1": "2015-02-01", "d2": "2023"}
    assert choose_exemplars(rows, [0, 1], published=dates, shown=1) == ("f1",)


def test_copies_point_to_the_first():
    rows = corpus(
        [
            ("d1", "A letter was lost.", [1, 0, 0]),
            ("d2", "A plan was made.", [0, 1, 0]),
            ("d3", "A LETTER was lost!", [0, 0, 1]),
            ("d4", "A plan had been made.", [0, 1, 0.05]),
        ]
    )
    assert first_copies(rows).tolist() == [0, 1, 0, 1]
