"""systemd accepts the example units."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_systemd_finds_no_fault_in_the_units(tmp_path):
    service = (SCRIPTS / "lif-watch.service").read_text(encoding="utf-8")
    placed = service.replace("/opt/lif/.venv/bin/lif", sys.executable)
    assert placed != service
    (tmp_path / "lif-watch.service").write_text(placed, encoding="utf-8")
    shutil.copy(SCRIPTS / "lif-watch.timer", tmp_path)
    units = [tmp_path / name for name in ("lif-watch.service", "lif-watch.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
