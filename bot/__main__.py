"""Start here: `python -m bot` runs the bot, or the preview where there is no token.

Whatever else it does from the shell stands in `read_arguments`. What a command does not need is not loaded
for it, so that a refusal comes at once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import threading
import webbrowser
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot import log
from bot.sentences import say
from bot.settings import SETTINGS, Settings, load_environment
from data.errors import AsylumBotError
from data.releases.opening import open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.preview.answer import Answer
    from bot.services import Services
    from data.store.database import Database


FAILED = 2
STANDARD_INPUT = "-"
DAY = "the day it was retrieved, like 2026-06-25"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and do what it says; an expected failure is one sentence and exit code 2."""
    options = read_arguments(arguments)
    try:
        settings = Settings.read(load_environment(Path(".env")))
        _make_default_folder(settings)
        code = asyncio.run(_run(options, settings))
    except AsylumBotError as error:
        print(say(error), file=sys.stderr)
        code = FAILED
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


async def _run(options: argparse.Namespace, settings: Settings) -> int:
    match options.command:
        case None:
            return await _serve(options, settings)
        case "answer":
            return await _answer(options, settings)
        case "verify" | "backup":
            return await _protect(options, settings)
    return await _operate(options, settings)


def _make_default_folder(settings: Settings) -> None:
    """Create the default's own folder; one that somebody named must be there."""
    default = next(Path(s.default) for s in SETTINGS if s.name == "DATABASE_PATH")
    if settings.database_path == default:
        default.parent.mkdir(parents=True, exist_ok=True)


@asynccontextmanager
async def _open_services(
    settings: Settings, *, whole: bool = False
) -> AsyncIterator[tuple[Services, Database]]:
    async with open_database(settings.database_path, whole=whole) as database:
        # Only now, so that a file that cannot be opened is refused at once.
        from bot import run as assembly

        async with assembly.open_services(database) as services:
            yield services, database


async def _serve(options: argparse.Namespace, settings: Settings) -> int:
    log.configure(settings.log_level, secrets=[settings.token] if settings.token else [])
    if not settings.token:
        return await _serve_preview(options, settings)
    async with _open_services(settings) as (services, database):
        from bot import run as assembly

        if not database.is_whole:
            assembly.log.info("older releases are being read in; the newest answers meanwhile")
        await assembly.serve(services, database, settings, settings.token)
    return 0


async def _serve_preview(options: argparse.Namespace, settings: Settings) -> int:
    from bot.preview.rehearsal import serve_preview
    from bot.run import make_workers

    async def announce(url: str) -> None:
        """Name the address once the bot is logged in, and can be stopped in good order."""
        print(
            f"Preview: {url} — a small Discord on this machine. Set DISCORD_TOKEN to go live.",
            flush=True,
        )
        if not options.no_browser and _has_browser():
            await asyncio.to_thread(webbrowser.open, url)

    await serve_preview(
        settings.database_path,
        lambda copy: _open_services(replace(settings, database_path=copy), whole=True),
        port=options.port,
        announce=announce,
        make_workers=lambda bot, database: make_workers(bot, database, settings),
    )
    return 0


def _has_browser() -> bool:
    """Say whether a browser would open a window of its own, not take over the terminal."""
    return sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def _say(text: str) -> None:
    """Print it; end quietly where nobody reads on, as `head` does not when it has seen enough."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # What is still to be written would complain once more when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


async def _answer(options: argparse.Namespace, settings: Settings) -> int:
    log.configure(settings.log_level if settings.log_level != "INFO" else "WARNING")
    async with _open_services(settings) as (services, database):
        from bot.discord.client import AsylumBot
        from bot.preview.answer import answer, answer_each

        def make_bot() -> AsylumBot:
            return AsylumBot(services, guild_ready_timeout=0.1)

        ok = True
        if options.line == STANDARD_INPUT:
            async for told in answer_each(make_bot, _read_lines(), out=options.out):
                _say(json.dumps(told, ensure_ascii=False))
        else:
            found = await answer(make_bot, options.line, out=options.out, keep=options.json)
            _tell(found, as_json=options.json)
            ok = found.ok
        if not database.is_whole:
            print("The older releases are being read in, this once …", file=sys.stderr, flush=True)
            await database.wait_until_whole()
    return 0 if ok else FAILED


async def _read_lines() -> AsyncIterator[str]:
    """Yield the lines of standard input as they come.

    They are read in a thread that nobody waits for: else Ctrl-C would wait for the next line. It has a file
    of its own, as Python closes that of the program when it ends, and cannot while somebody reads it.
    """
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str]()

    def read() -> None:
        with open(0, encoding="utf-8", errors="replace", closefd=False) as file:
            line = "\n"
            while line and not loop.is_closed():
                line = file.readline()
                with suppress(RuntimeError):  # the program has ended meanwhile
                    loop.call_soon_threadsafe(lines.put_nowait, line)

    if sys.stdin is None:  # as under `<&-`
        return
    threading.Thread(target=read, name="standard input", daemon=True).start()
    while line := await lines.get():
        yield line


def _tell(found: Answer, *, as_json: bool) -> None:
    if not found.ok:
        print(found.message["content"], file=sys.stderr)
    elif as_json:
        message = {**found.message, "files": [str(path) for path in found.files]}
        _say(json.dumps(message, ensure_ascii=False, indent=2))
    else:
        _say(found.text)


async def _operate(options: argparse.Namespace, settings: Settings) -> int:
    """Do what an operator asks for from the shell."""
    from bot.shell import outbox, releases

    path = settings.database_path
    match options.command:
        case "import":
            await releases.import_folder(path, options.folder, options.retrieved)
        case "sync":
            log.configure("WARNING")
            await releases.sync_now(path, settings.unhcr_api_base, settings.contact, whole=options.whole)
        case "releases":
            await releases.list_releases(path)
        case "outbox":
            await outbox.show_outbox(path)
        case "publish":
            await releases.publish_release(path, options.day)
        case "reject":
            await releases.reject_release(path, options.day)
        case "withdraw":
            await releases.withdraw_release(path, options.day)
        case "label":
            await releases.label_release(path, options.day, options.label, options.period)
        case "ship":
            await releases.make_shipped_files(options.folders)
    return 0


async def _protect(options: argparse.Namespace, settings: Settings) -> int:
    """Do what an operator asks for against loss and damage."""
    from bot.shell import integrity

    path = settings.database_path
    if options.command == "backup":
        await integrity.back_up(path, options.file)
        return 0
    log.configure("CRITICAL")
    base, contact = settings.unhcr_api_base, settings.contact
    sound = await integrity.verify_database(path, options.releases, base, contact, fetch=options.fetch)
    return 0 if sound else FAILED


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
    answer.add_argument(
        "line",
        help="for example: '/asylum figures origin:China'; - reads them from standard input, one a line",
    )
    answer.add_argument("--json", action="store_true", help="print the message as it was sent, and its files")
    answer.add_argument("--out", type=Path, help="the folder in which to save the files of replies")
    importing = commands.add_parser("import", help="take in a release from a folder or a ZIP")
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
    shipping = commands.add_parser("ship", help="make the files of the releases that come with the program")
    shipping.add_argument("folders", type=Path, nargs="+", help="one whole release each, named by its day")
    verifying = commands.add_parser("verify", help="find and repair what the disk has changed")
    verifying.add_argument(
        "--releases", type=Path, metavar="FOLDER", help="holds one folder per release, named by its day"
    )
    verifying.add_argument(
        "--fetch", action="store_true", help="fetch the newest release anew where it is damaged"
    )
    commands.add_parser("backup", help="copy the database, also while the bot runs").add_argument(
        "file", type=Path
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
