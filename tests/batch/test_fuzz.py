"""Any bytes give documents or a reason, and exports can be read back unchanged."""

import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lif_nlp.config import load_settings
from lif_nlp.records import Document, Quarantined
from lif_nlp.runtime.processor import DocumentProcessor
from lif_nlp.workflow.export import _content

BENCH = DocumentProcessor(load_settings())
SUFFIXES = (".pdf", ".docx", ".odt", ".html", ".md", ".txt", ".csv", ".xlsx", ".eml", ".zip")
HEADS = {
    ".pdf": b"%PDF-1.7\n",
    ".docx": b"PK\x03\x04",
    ".odt": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
    ".zip": b"PK\x03\x04",
    ".html": b"<!doctype html><p>",
    ".eml": b"From: a@b.example\nSubject: x\n\n",
}
QUICK = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

noise = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(
        st.sampled_from([b"# ", b"1.1 ", b"- ", b"|", b"\n\n", b"<td>", b",", b'"', b"x "])
    ).map(b"".join),
)


@pytest.mark.parametrize("suffix", SUFFIXES)
@QUICK
@given(content=noise, with_head=st.booleans())
def test_any_bytes_give_documents_or_a_reason(tmp_path, suffix, content, with_head):
    path = tmp_path / f"any{suffix}"
    path.write_bytes((HEADS.get(suffix, b"") if with_head else b"") + content)
    items = BENCH.read(path)
    assert items
    for item in items:
        if isinstance(item, Quarantined):
            assert item.reason and item.source
            continue
        assert isinstance(item, Document)
        assert item.pages >= 1
        for block in item.blocks:
            assert 0 <= block.start <= block.end <= len(item.text)
            assert 1 <= block.page <= item.pages


words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40)
frames = st.lists(
    st.tuples(words, st.lists(words.filter(lambda w: ";" not in w), max_size=3).map(tuple)),
    min_size=1,
    max_size=5,
).map(lambda rows: pd.DataFrame(rows, columns=["text", "codes"]))


@QUICK
@given(frame=frames)
def test_json_lines_and_parquet_can_be_read_back_unchanged(frame):
    lines = _content(frame, ".jsonl", "").decode("utf-8").split("\n")
    back = [json.loads(line) for line in lines if line]
    assert [(row["text"], tuple(row["codes"])) for row in back] == list(
        frame.itertuples(index=False, name=None)
    )
    parquet = pd.read_parquet(io.BytesIO(_content(frame, ".parquet", "")))
    assert parquet["text"].tolist() == frame["text"].tolist()


@QUICK
@given(frame=frames)
def test_csv_can_be_read_back_except_for_the_apostrophe_before_a_formula(frame):
    rows = list(csv.DictReader(io.StringIO(_content(frame, ".csv", "").decode("utf-8-sig"))))
    for row, text in zip(rows, frame["text"], strict=True):
        assert row["text"] in (text, "'" + text)
        assert not row["text"].startswith(("=", "+", "@"))
