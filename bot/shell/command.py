"""A command of the shell as a row of a table, and the command line that such rows make."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

from bot.exits import Exit
from bot.version import find_version

PROGRAM = "python -m bot"
_OF_THE_PROGRAM = ("-h", "--help", "--version")


class Argument(NamedTuple):
    """What stands behind a command: its names, and what argparse is told of it."""

    names: tuple[str, ...]
    options: Mapping[str, Any]


def argument(*names: str, **options: Any) -> Argument:
    """Describe an argument as `argparse.ArgumentParser.add_argument` takes it."""
    return Argument(names, options)


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what its help says, an example without the program's name, and what it does."""

    name: str
    meaning: str
    example: str
    does: Callable[[argparse.Namespace, Any], Coroutine[Any, Any, Exit | None]]
    arguments: tuple[Argument, ...] = ()


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Tell a misuse from a failure."""
        self.print_usage(sys.stderr)
        self.exit(Exit.MISUSED, f"{self.prog}: {message}\n")


def read_arguments(commands: Sequence[Command], words: Sequence[str] | None) -> argparse.Namespace:
    """Return what was asked for, with the command's row as `command`; the first one where none is named.

    Ends the program with a usage line where it is none of these.
    """
    words = sys.argv[1:] if words is None else list(words)
    if not words or (words[0].startswith("-") and words[0] not in _OF_THE_PROGRAM):
        words = [commands[0].name, *words]
    return make_parser(commands).parse_args(words)


def make_parser(commands: Sequence[Command], program: str = PROGRAM) -> argparse.ArgumentParser:
    """Make the command line of such rows, for a program of that name."""
    parser = _Parser(
        prog=program,
        description="Asylum figures in Discord, release by release.",
        epilog=f"Without a command: {commands[0].name}. “{program} COMMAND --help” shows an example of each.",
    )
    parser.add_argument("--version", action="version", version=find_version())
    choices = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in commands:
        example = f"for example: {program} {command.example}"
        choice = choices.add_parser(
            command.name, help=command.meaning, description=f"{command.meaning}.", epilog=example
        )
        choice.set_defaults(command=command)
        for names, options in command.arguments:
            choice.add_argument(*names, **options)
    return parser
