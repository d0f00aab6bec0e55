"""What the installed `asylum-bot` command runs: the program from its own folder, as `python -m bot` would."""

import runpy
import sys
from pathlib import Path


def main() -> None:
    """Put the program's folder first on the path and start it."""
    sys.path.insert(0, str(Path(__file__).parent / "program"))
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
