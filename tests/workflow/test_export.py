import io
import time

import pandas as pd
import pytest

from lif_nlp.circulation import FOR_CIRCULATION
from lif_nlp.workflow.export import _content, flat


@pytest.mark.parametrize("sign", ["=", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_a_formula_is_text_in_any_width(sign):
    assert flat(f"{sign}1+1") == f"'{sign}1+1"


def test_a_workbook_is_the_same_in_every_byte_from_run_to_run():
    frame = pd.DataFrame({"text": ["Plans came late."], "page": [3]})
    first = _content(frame, ".xlsx", FOR_CIRCULATION)
    # times in archives have two seconds
    time.sleep(2.1)
    assert _content(frame, ".xlsx", FOR_CIRCULATION) == first
    assert pd.read_excel(io.BytesIO(first)).equals(frame)
