"""Start here: `python -m bot` runs the bot, or the preview where there is no token.

Whatever else it does from the shell stands in `bot.shell.arguments`. What a command does not need is not
loaded for it, so that a refusal comes at once.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import webbrowser
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot import log
from bot.settings import SETTINGS, Settings, load_environment
from bot.shell.arguments import read_arguments
from data.errors import AsylumBotError
from data.startup import open_database

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator, Sequence

    from bot.services import Services
    from data.store.database import Database

FAILED = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and do what it says; an expected failure is one sentence and exit code 2."""
    options = read_arguments(arguments)
    try:
        settings = Settings.read(load_environment(Path(".env")))
        _make_default_folder(settings)
        code = asyncio.run(_run(options, settings))
    except AsylumBotError as error:
        print(error, file=sys.stderr)
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
    return await _operate(options, settings)


def _make_default_folder(settings: Settings) -> None:
    """Create the default's own folder; one that somebody named must be there."""
    default = next(Path(s.default) for s in SETTINGS if s.name == "DATABASE_PATH")
    if settings.database_path == default:
        default.parent.mkdir(parents=True, exist_ok=True)


@asynccontextmanager
async def _open_services(settings: Settings) -> AsyncIterator[tuple[Services, Database]]:
    async with open_database(settings.database_path) as database:
        # Only now, so that a file that cannot be opened is refused at once.
        from bot import assembly

        async with assembly.open_services(database) as services:
            yield services, database


async def _serve(options: argparse.Namespace, settings: Settings) -> int:
    log.configure(settings.log_level, secrets=[settings.token] if settings.token else [])
    if not settings.token:
        return await _serve_preview(options, settings)
    async with _open_services(settings) as (services, database):
        from bot import assembly

        await assembly.serve(services, database, settings, settings.token)
    return 0


async def _serve_preview(options: argparse.Namespace, settings: Settings) -> int:
    from bot.assembly import make_workers
    from bot.preview.rehearsal import serve_preview

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
        lambda copy: _open_services(replace(settings, database_path=copy)),
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
    async with _open_services(settings) as (services, _):
        from bot.client import AsylumBot
        from bot.preview.answer import answer

        found = await answer(
            lambda: AsylumBot(services, guild_ready_timeout=0.1),
            options.line,
            out=options.out,
            keep=options.json,
        )
    if not found.ok:
        print(found.message["content"], file=sys.stderr)
        return FAILED
    if options.json:
        message = {**found.message, "files": [str(path) for path in found.files]}
        _say(json.dumps(message, ensure_ascii=False, indent=2))
    else:
        _say(found.text)
    return 0


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
        case "starter":
            await releases.make_starter_figures(options.folder)
    return 0


if __name__ == "__main__":
    main()
