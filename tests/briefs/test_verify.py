from dataclasses import replace

import pytest

from lif_nlp.briefs import verify
from lif_nlp.errors import QuoteError
from lif_nlp.records import Brief, Claim, Evidence, Section

TEXT = "Letters reach nurses late."
GOOD = Evidence("d:0-26", "d", 0, 26, TEXT, "A review", 2)


def brief_of(*evidence):
    claims = tuple(Claim("quote", "", (one.finding_id,), (one,)) for one in evidence)
    return Brief("b-1", "seven-minute", "s", "t", (Section("Found", claims),))


def test_exact_quotes_pass():
    assert verify(brief_of(GOOD), {"d": TEXT}.__getitem__) is None


def test_every_difference_is_listed_without_the_words():
    wrong = [
        replace(GOOD, quote="Letters reach nurses soon."),
        replace(GOOD, finding_id="d:0-99", end=99),
        replace(GOOD, finding_id="x:0-26", doc_id="x"),
    ]
    with pytest.raises(QuoteError) as caught:
        verify(brief_of(GOOD, *wrong), {"d": TEXT}.__getitem__)
    assert str(caught.value) == (
        "brief b-1 was not written, because 3 quote(s) differ from the stored report: "
        "finding d:0-26, page 2: the words differ; "
        "finding d:0-99: offsets 0-99 lie outside the report; "
        "finding x:0-26: its report is not stored; run 'lif add' on the report again"
    )
