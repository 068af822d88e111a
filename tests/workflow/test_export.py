import io
import time

import pandas as pd

from lif_nlp.circulation import FOR_CIRCULATION
from lif_nlp.workflow.export import _content


def test_a_workbook_is_the_same_in_every_byte_from_run_to_run():
    frame = pd.DataFrame({"text": ["Plans came late."], "page": [3]})
    first = _content(frame, ".xlsx", FOR_CIRCULATION)
    # times in archives have two seconds
    time.sleep(2.1)
    assert _content(frame, ".xlsx", FOR_CIRCULATION) == first
    assert pd.read_excel(io.BytesIO(first)).equals(frame)
