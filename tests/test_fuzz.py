"""Some rounds of the attacks that scripts/fuzz.py runs at length."""

import runpy
from pathlib import Path

FUZZ = runpy.run_path(str(Path(__file__).parents[1] / "scripts" / "fuzz.py"))


def test_damaged_input_is_read_or_refused_and_never_quoted():
    assert list(FUZZ["attack"](FUZZ["targets"](), rounds=120, seed=1)) == []


def test_an_attack_tells_what_broke():
    def broken(path):
        raise KeyError(FUZZ["WORDS"])

    target = FUZZ["Target"]("reader", {"r.txt": b"x"}, broken)
    [line] = FUZZ["attack"]([target], rounds=1, seed=1)
    assert line.startswith("reader r.txt, round 0: KeyError in ")
    assert FUZZ["WORDS"] not in line
