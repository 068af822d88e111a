"""Sets everything up, mines the fictional sample reports and says where to look.

py scripts/demo.py [WORKSPACE]         on Windows
python3 scripts/demo.py [WORKSPACE]    on Linux and macOS
"""

from __future__ import annotations

import os
import sys

from set_up import PROGRAMS, ROOT, run, set_up


def main() -> int:
    """Exit code of `lif demo`."""
    # Flushed, as what the installer prints would else come before it.
    print("Installing; this takes some ten minutes on a slow computer.", flush=True)
    python = set_up("notebook")
    workspace = sys.argv[1] if len(sys.argv) > 1 else "demo"
    print("Mining the fictional sample reports; a minute or more.", flush=True)
    code = run([python, "-m", "lif_nlp", "demo", "-w", workspace])
    here = PROGRAMS.relative_to(ROOT)
    activate = here / "activate" if os.name == "nt" else f"source {here / 'activate'}"
    print(f"\nTo type just 'lif' from now on, first run: {activate}")
    print(f"To open the notebooks: {here / 'jupyter'} lab notebooks/01_start_here.ipynb")
    return code


if __name__ == "__main__":
    sys.exit(main())
