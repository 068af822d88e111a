import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))


@pytest.fixture(scope="session")
def sample() -> Path:
    return ROOT / "corpora" / "sample"


@pytest.fixture(scope="session")
def manifest(sample: Path) -> list[dict]:
    return json.loads((sample.parent / "manifest.json").read_text(encoding="utf-8"))
