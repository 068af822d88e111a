import pandas as pd

from lif_nlp.synthesis import emergent
from tests.synthesis.conftest import document, finding, frames_of


def frames(*findings, exemplars):
    made = frames_of([document(d, f"202{n}") for n, d in enumerate("abcd")], list(findings))
    kept = made["themes"].assign(
        stability=0.9, exemplars=[exemplars if k == "e-1" else () for k in made["themes"].theme_id]
    )
    links = [(f["finding_id"], "e-1", 0.8) for f in findings]
    columns = ["finding_id", "theme_id", "confidence"]
    return made | {"themes": kept, "assignments": pd.DataFrame(links, columns=columns)}


def test_a_theme_is_told_in_counts_and_words_of_the_report(framework):
    given = frames(
        finding("a", 1, role="strength", text="The gate was open."),
        finding("b", 1, text="The gate was shut.", page=7),
        finding("b", 2, text="The gate was lost."),
        exemplars=("a:1", "b:1"),
    )
    [row] = emergent(given, framework).to_dict("records")
    assert row["summary"] == (
        "Mentioned in 2 of 4 reports from 2020 to 2021 (50%, 95% interval 15% to 85%): problems in "
        "2 findings, strengths in 1 finding; it reappeared in 90% of resampled runs. "
        "Typical: “The gate was shut.” (Report b, page 7)"
    )
    assert row["finding_id"] == "b:1"


def test_without_a_typical_finding_only_counts_are_told(framework):
    given = frames(finding("a", 1), exemplars=("gone:1",))
    [row] = emergent(given, framework).to_dict("records")
    assert (row["quote"], row["page"]) == ("", 0)
    assert row["summary"].endswith("resampled runs.")
