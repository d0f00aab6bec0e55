"""Start here: `python -m bot` runs the bot, or the preview where there is no token.

Whatever else it does from the shell stands in `COMMANDS`. What a command does not need is not loaded
for it, so that a refusal comes at once.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import webbrowser
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot import log
from bot.exits import Exit, exit_for
from bot.sentences import say
from bot.settings import SETTINGS, BadSetting, load_environment
from bot.shell.command import Command, argument, make_parser, read_arguments
from data.errors import AsylumBotError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import AsyncIterator, Sequence
    from types import ModuleType

    from bot.preview.answer import BotAnswer
    from bot.services import Services
    from bot.settings import Environment, Settings
    from data.store.database import Database


STANDARD_INPUT = "-"
INSTALLED = "asylum-bot"
"""The name of an installed program; after `python -m bot` no shell completes."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and do what it says; an expected failure is one sentence and a code of `Exit`."""
    options = read_arguments(COMMANDS, arguments)
    try:
        environment = load_environment(Path(".env"))
        for doubt in environment.doubts:
            print(doubt, file=sys.stderr)
        code = asyncio.run(options.command.does(options, environment)) or Exit.STOPPED
    except AsylumBotError as error:
        print(say(error), file=sys.stderr)
        code = exit_for(error)
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    sys.exit(int(code))


def _find_database(environment: Environment) -> Path:
    """Return where the database is; only the default's own folder is made."""
    path = environment.settings.database_path
    default = next(Path(s.default) for s in SETTINGS if s.name == "DATABASE_PATH")
    if path == default:
        default.parent.mkdir(parents=True, exist_ok=True)
    return path


def _is_first_start(path: Path) -> bool:
    return path.parent.is_dir() and not path.exists()


@asynccontextmanager
async def _open_services(
    path: Path, *, whole: bool = False, address: str | None = None
) -> AsyncIterator[tuple[Services, Database]]:
    from bot.allocator import keep_one_heap
    from data.releases.opening import open_database

    keep_one_heap()
    loading: asyncio.Future[ModuleType] | None = None
    if _is_first_start(path):  # SQLite is long at work then, and leaves the interpreter to others
        loading = asyncio.ensure_future(asyncio.to_thread(import_module, "bot.run"))
    async with open_database(path, whole=whole, address=address) as database:
        if loading:
            await loading
        # Else only now, so that a file that cannot be opened is refused at once.
        from bot import run as assembly

        async with assembly.open_services(database) as services:
            yield services, database


async def _run(options: Namespace, environment: Environment) -> None:
    settings = environment.settings
    log.configure(settings.log_level, secrets=settings.secrets)
    token = settings.demand_token() if options.live else settings.token
    path = _find_database(environment)
    if _is_first_start(path):
        structlog.stdlib.get_logger("bot").info(
            "the first start lays out the releases that come with the program"
        )
    if token is None:
        await _serve_preview(options, path, settings)
        return
    from data.releases.lock import hold_bot

    async with (
        hold_bot(path),
        _open_services(path, address=settings.state_url) as (services, database),
    ):
        from bot import run as assembly

        if not database.is_whole:
            assembly.log.info("what each release changed is still being found; all else answers meanwhile")
        await assembly.serve(services, database, settings, token)


async def _serve_preview(options: Namespace, path: Path, settings: Settings) -> None:
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
        path,
        lambda copy: _open_services(copy, whole=True),
        port=options.port,
        announce=announce,
        make_workers=lambda bot, database: make_workers(bot, database, settings),
    )


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
        sys.exit(Exit.BROKE)


async def _answer(options: Namespace, environment: Environment) -> Exit:
    level = environment.settings.log_level
    log.configure(level if level != "INFO" else "WARNING")
    path, address = _find_database(environment), environment.settings.state_url
    async with _open_services(path, address=address) as (services, database):
        from bot.discord.client import AsylumBot
        from bot.preview.answer import answer, answer_each

        def make_bot() -> AsylumBot:
            return AsylumBot(services, guild_ready_timeout=0.1)

        ok = True
        if options.line == STANDARD_INPUT:
            async for told in answer_each(make_bot, _read_lines(), out=options.out, locale=options.locale):
                _say(json.dumps(told, ensure_ascii=False))
        else:
            found = await answer(
                make_bot, options.line, out=options.out, keep=options.json, locale=options.locale
            )
            _tell(found, as_json=options.json)
            ok = found.ok
        if not database.is_whole:
            print("What each release changed is still being found, this once …", file=sys.stderr, flush=True)
            await database.wait_until_whole()
    return Exit.STOPPED if ok else Exit.REFUSED


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


def _tell(found: BotAnswer, *, as_json: bool) -> None:
    if not found.ok:
        print(found.message["content"], file=sys.stderr)
    elif as_json:
        message = {**found.message, "files": [str(path) for path in found.files]}
        _say(json.dumps(message, ensure_ascii=False, indent=2))
    else:
        _say(found.text)


async def _invite(_: Namespace, environment: Environment) -> None:
    from bot.shell.account import show_invitations

    settings = environment.settings
    await show_invitations(settings.demand_token(), settings.endpoints)


async def _import(options: Namespace, environment: Environment) -> None:
    from bot.shell import releases

    await releases.import_folder(
        _find_database(environment), options.folder, options.retrieved, environment.settings.state_url
    )


async def _sync(options: Namespace, environment: Environment) -> None:
    from bot.shell import releases

    log.configure("WARNING")
    path, settings = _find_database(environment), environment.settings
    await releases.sync_now(
        path, settings.unhcr_api_base, settings.contact, settings.state_url, whole=options.whole
    )


async def _releases(_: Namespace, environment: Environment) -> None:
    from bot.shell import releases

    await releases.list_releases(_find_database(environment), environment.settings.state_url)


async def _outbox(_: Namespace, environment: Environment) -> None:
    from bot.shell import outbox

    await outbox.show_outbox(_find_database(environment), environment.settings.state_url)


async def _state(_: Namespace, environment: Environment) -> None:
    from bot.shell import state

    await state.show_state(_find_database(environment), environment.settings.state_url)


async def _move_state(options: Namespace, environment: Environment) -> None:
    from bot.shell import state

    address = environment.settings.state_url
    if address is None:
        raise BadSetting(state.NO_ADDRESS)
    await state.move_state(_find_database(environment), address, to_file=options.to == "file")


async def _publish(options: Namespace, environment: Environment) -> None:
    from bot.shell import releases

    await releases.publish_release(_find_database(environment), options.day, environment.settings.state_url)


async def _reject(options: Namespace, environment: Environment) -> None:
    from bot.shell import releases

    await releases.reject_release(_find_database(environment), options.day, environment.settings.state_url)


async def _withdraw(options: Namespace, environment: Environment) -> None:
    from bot.shell import releases

    await releases.withdraw_release(_find_database(environment), options.day, environment.settings.state_url)


async def _label(options: Namespace, environment: Environment) -> None:
    from bot.shell import releases

    path, address = _find_database(environment), environment.settings.state_url
    await releases.label_release(path, options.day, options.label, options.period, address)


async def _verify(options: Namespace, environment: Environment) -> Exit:
    from bot.shell import integrity

    log.configure("CRITICAL")
    path, settings = _find_database(environment), environment.settings
    base, contact = settings.unhcr_api_base, settings.contact
    sound = await integrity.verify_database(path, options.releases, base, contact, fetch=options.fetch)
    return Exit.STOPPED if sound else Exit.REFUSED


async def _doctor(_: Namespace, environment: Environment) -> Exit:
    from bot.shell.doctor import Diagnosis, examine

    checks = [
        Diagnosis(name, found, exit=Exit.CONFIGURED_WRONG if wrong else None)
        for name, found, wrong in environment.examine()
    ]
    log.configure("CRITICAL")
    try:
        settings = environment.settings
    except BadSetting:
        return await examine(checks)
    path, token = settings.database_path, settings.token
    shards = settings.shards.count if settings.shards else None
    return await examine(checks, path, token, settings.endpoints, shards=shards, address=settings.state_url)


async def _backup(options: Namespace, environment: Environment) -> None:
    from bot.shell import integrity

    await integrity.back_up(_find_database(environment), options.file)


async def _restore(options: Namespace, environment: Environment) -> None:
    from bot.shell import integrity

    await integrity.restore(options.file, _find_database(environment))


async def _ship(options: Namespace, _: Environment) -> None:
    from bot.shell import releases

    await releases.make_shipped_files(options.folders)


async def _complete(options: Namespace, _: Environment) -> None:
    import shtab

    print(shtab.complete(make_parser(COMMANDS, INSTALLED), options.shell))


DAY = argument("day", help="the day it was retrieved, like 2026-06-25")

COMMANDS = (
    Command(
        "run",
        "run the bot, or without a token the preview: a small Discord on this machine",
        "run --live",
        _run,
        (
            argument("--live", action="store_true", help="insist on a token: never start the preview"),
            argument("--port", type=int, help="the preview's port on 127.0.0.1"),
            argument("--no-browser", action="store_true", help="do not open the preview in a browser"),
        ),
    ),
    Command("invite", "print the links that invite the bot, or install it for oneself", "invite", _invite),
    Command("doctor", "look at settings, database and account, and say what to do", "doctor", _doctor),
    Command(
        "answer",
        "run one slash command and print the reply",
        "answer '/asylum figures origin:China' --out pictures",
        _answer,
        (
            argument("line", help="the command; - reads them from standard input, one a line"),
            argument("--json", action="store_true", help="print the message as it was sent, and its files"),
            argument("--out", type=Path, help="the folder in which to save the files of replies"),
            argument("--locale", default="en-US", help="the asker's language, as Discord writes it: de"),
        ),
    ),
    Command(
        "sync",
        "fetch from UNHCR what is new",
        "sync --whole",
        _sync,
        (argument("--whole", action="store_true", help="compare everything, whatever the probe says"),),
    ),
    Command(
        "import",
        "take in a release from a folder or a ZIP",
        "import downloads/2026-06 --retrieved 2026-06-25",
        _import,
        (argument("folder", type=Path), argument("--retrieved", required=True, help=DAY.options["help"])),
    ),
    Command("releases", "list the releases", "releases", _releases),
    Command("outbox", "show what is owed to channels", "outbox", _outbox),
    Command(
        "state", "show which processes share the state, who has the duty, and what waits", "state", _state
    ),
    Command(
        "move-state",
        "move subscriptions and what is owed to PostgreSQL, or back into the file, while no bot runs",
        "move-state postgresql",
        _move_state,
        (argument("to", choices=["postgresql", "file"]),),
    ),
    Command("publish", "publish a quarantined release", "publish 2026-06-25", _publish, (DAY,)),
    Command("reject", "decide against a quarantined release", "reject 2026-06-25", _reject, (DAY,)),
    Command("withdraw", "take a published release back", "withdraw 2026-06-25", _withdraw, (DAY,)),
    Command(
        "label",
        "overrule a release's label or reference period",
        "label 2026-06-25 --label 'Global Trends 2025, corrected'",
        _label,
        (
            DAY,
            argument("--label", help="what it is to be called"),
            argument("--period", choices=["mid-year", "year-end"], help="what the newest year covers"),
        ),
    ),
    Command(
        "verify",
        "find and repair what the disk has changed",
        "verify --fetch",
        _verify,
        (
            argument(
                "--releases",
                type=Path,
                metavar="FOLDER",
                help="holds one folder per release, named by its day",
            ),
            argument(
                "--fetch", action="store_true", help="fetch the newest release anew where it is damaged"
            ),
        ),
    ),
    Command(
        "backup",
        "copy the database into one file, also while the bot runs",
        "backup backups/asylum.sqlite3",
        _backup,
        (argument("file", type=Path),),
    ),
    Command(
        "restore",
        "put a backup in the place of the database, which is kept, while no bot runs",
        "restore backups/asylum.sqlite3",
        _restore,
        (argument("file", type=Path),),
    ),
    Command(
        "completion",
        "print what lets a shell complete the commands of an installed asylum-bot",
        "completion bash",
        _complete,
        (argument("shell", choices=["bash", "zsh", "tcsh"]),),
    ),
    Command(
        "ship",
        "make the files of the releases that come with the program",
        "ship downloads/2026-03-30 downloads/2026-06-25",
        _ship,
        (
            argument(
                "folders",
                type=Path,
                nargs="*",
                help="one whole release each, named by its day; without any, only the sums are made anew",
            ),
        ),
    ),
)


if __name__ == "__main__":
    main()
