"""Where only reviews are present, no output claims that nothing was done."""

import re

from lif_nlp.briefs.request import BriefRequest
from lif_nlp.cli.follow import lines_of
from lif_nlp.runtime.manifest import record_run
from lif_nlp.workflow.brief import brief
from lif_nlp.workflow.follow import follow
from lif_nlp.workflow.ledger_tables import LEDGER_TABLES, all_life_lines
from lif_nlp.workflow.tables import table

CLAIMS = re.compile(
    r"(?i)\b(?:nothing|no action|no step|no response|no progress) (?:was|has been|had been|is) "
    r"(?:done|taken|made|given|changed|improved)|\b(?:did|has|have) (?:nothing|not (?:act|respond|"
    r"answer|implement))\w*|\bfailed to (?:act|respond|implement)|\bignored\b|\bunanswered\b"
    r"|\bnot (?:yet )?(?:implemented|acted on|answered|done|checked)\b"
)
"""Ways of saying that nothing was done, answered or changed."""


def test_no_output_of_reviews_alone_claims_that_nothing_was_done(built, tmp_path):
    with record_run(built, "follow") as run:
        follow(built, [], run)
        texts = [table(built, name).to_csv() for name in LEDGER_TABLES]
        texts += ["\n".join(lines_of(line)) for line in all_life_lines(built)]
        for kind in ("board", "annual"):
            [page] = brief(built, run, BriefRequest(kind=kind, formats=("md",), out=tmp_path))
            texts.append(page.read_text(encoding="utf-8"))
    assert [CLAIMS.findall(text) for text in texts] == [[]] * len(texts)
    assert "What was asked before" not in texts[-1] + texts[-2]
