"""Label the same texts with three instruction sets of the processor, and count what differs.

    python scripts/instruction_sets.py TEXTS [--profile accurate] [--most 5000]

TEXTS is a JSON Lines file with `text` in each line, such as `lif export findings f.jsonl`.  Each
set runs in a process of its own, since the libraries choose theirs when they are loaded.  Exit
code 1 if a label differs.  It needs an x86 processor with AVX-512 to try all three.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SETS = {
    "all that the processor has": {},
    "AVX2": {
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
        "ATEN_CPU_CAPABILITY": "avx2",
        "OPENBLAS_CORETYPE": "Haswell",
    },
    "SSE": {
        "ONEDNN_MAX_CPU_ISA": "SSE41",
        "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
        "ATEN_CPU_CAPABILITY": "default",
        "OPENBLAS_CORETYPE": "Nehalem",
    },
}
"""Variables by which oneDNN, MKL, PyTorch and OpenBLAS are held to older instructions."""

_LABEL = """
import json, sys
from pathlib import Path
from lif_nlp import PracticeAnnotator
texts = json.loads(Path(sys.argv[1]).read_text("utf-8"))
labels = PracticeAnnotator(profile=sys.argv[2]).transform(texts)
labels.astype(str).to_json(sys.argv[3], orient="records")
"""


def main() -> None:
    """Label in three processes and compare row by row."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--profile", default="accurate")
    parser.add_argument("--most", type=int, default=5000)
    options = parser.parse_args()
    lines = options.texts.read_text("utf-8").splitlines()[: options.most]
    texts = [json.loads(line)["text"] for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "texts.json")
        source.write_text(json.dumps(texts), encoding="utf-8")
        first: list[dict[str, str]] = []
        differing = 0
        for number, (name, variables) in enumerate(SETS.items()):
            out = Path(folder, f"{number}.json")
            program = [sys.executable, "-c", _LABEL, str(source), options.profile, str(out)]
            subprocess.run(program, env={**os.environ, **variables}, check=True)
            labels = json.loads(out.read_text("utf-8"))
            first = first or labels
            found = sum(one != other for one, other in zip(first, labels, strict=True))
            print(f"{name}: {found} of {len(texts)} texts differ", flush=True)
            differing += found
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
