"""The command line: what may follow `python -m bot`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = "the day it was retrieved, like 2026-06-25"


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what was asked for; `command` is None for the bot itself.

    Ends the program with a usage line and code 2 where it is none of these.
    """
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Asylum figures in Discord, release by release."
    )
    parser.add_argument("--port", type=int, help="the preview's port on 127.0.0.1")
    parser.add_argument("--no-browser", action="store_true", help="do not open the preview in a browser")
    commands = parser.add_subparsers(metavar="COMMAND", dest="command")
    answer = commands.add_parser("answer", help="run one slash command and print the reply")
    answer.add_argument("line", help="for example: '/asylum figures origin:China'")
    answer.add_argument("--json", action="store_true", help="print the message as it was sent, and its files")
    answer.add_argument("--out", type=Path, help="the folder in which to save the reply's files")
    importing = commands.add_parser("import", help="take in a full release from a folder")
    importing.add_argument("folder", type=Path)
    importing.add_argument("--retrieved", required=True, help=DAY)
    syncing = commands.add_parser("sync", help="fetch from UNHCR what is new")
    syncing.add_argument("--whole", action="store_true", help="compare everything, whatever the probe says")
    commands.add_parser("releases", help="list the releases")
    commands.add_parser("outbox", help="show what is owed to channels")
    commands.add_parser("publish", help="publish a quarantined release").add_argument("day", help=DAY)
    commands.add_parser("reject", help="decide against a quarantined release").add_argument("day", help=DAY)
    commands.add_parser("withdraw", help="take a published release back").add_argument("day", help=DAY)
    labelling = commands.add_parser("label", help="overrule a release's label or reference period")
    labelling.add_argument("day", help=DAY)
    labelling.add_argument("--label", help="for example: Global Trends 2025, corrected")
    labelling.add_argument("--period", choices=["mid-year", "year-end"], help="what the newest year covers")
    starter = commands.add_parser("starter", help="make the starter figures anew from full releases")
    starter.add_argument("folder", type=Path, help="holds one folder per release, named by its day")
    return parser.parse_args(arguments)
