"""The program as a process of its own: what it prints, what it leaves, and with which code it ends."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stdout
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, main
from bot.exits import Exit
from bot.preview.answer import answer
from bot.preview.rehearsal import EXAMPLES
from bot.services import Services
from bot.settings import SETTINGS
from bot.shell.command import Command, read_arguments
from data.errors import AsylumBotError
from tests.asking import make_bot
from tests.refusals import refuses

in_one_loop = pytest.mark.asyncio(loop_scope="session")

ROOT = Path(__file__).parents[2]
Shell = Callable[..., subprocess.CompletedProcess[str]]
WHOLE_START = 300
"""Seconds within which any of these processes has long ended, on the busiest machine."""

CAPTIONS = re.findall(r"\.png\) `([^`]+)`", (ROOT / "README.md").read_text("utf-8"))
"""The commands under the README's pictures, without the group they belong to."""


def environment(database: Path, **more: str) -> dict[str, str]:
    silent = {
        "DISCORD_TOKEN": "",
        "LOG_LEVEL": "INFO",
        "PYTHONPATH": str(ROOT),
        "DATABASE_PATH": str(database),
    }
    return {**os.environ, **silent, "PYTHONWARNINGS": "error::ResourceWarning", **more}


def run(
    database: Path, *arguments: str, text: str | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the program, with a text on standard input where there is one."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=database.parent,
        env=environment(database, **more),
        input=text,
        capture_output=True,
        text=True,
        timeout=WHOLE_START,
        check=False,
    )


def check_refused(done: subprocess.CompletedProcess[str], sentence: str, code: Exit = Exit.REFUSED) -> None:
    """Fail unless a process ended with one sentence, that code, and nothing else."""
    assert done.returncode == code, done
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert sentence in done.stderr
    assert done.stderr.endswith(".\n")


@pytest.fixture
def database(canada_copy: Path) -> Path:
    return canada_copy


@pytest.fixture
def shell(
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    logging_as_before: None,
) -> Shell:
    """Run a command in this process: it ends with the same code and words, and takes no two seconds to start."""

    def run_here(*arguments: str, **more: str | None) -> subprocess.CompletedProcess[str]:
        for name, value in {**environment(database), **more}.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        monkeypatch.chdir(database.parent)
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert isinstance(ended.value.code, int)
        return subprocess.CompletedProcess(arguments, ended.value.code, *capsys.readouterr())

    return run_here


def test_an_answer_is_the_reply_in_words_and_nothing_else(database: Path, tmp_path: Path) -> None:
    """That the first one builds the database, `test_launch` shows."""
    done = run(database, "answer", "/asylum figures origin:China asylum:Canada year:2025 as_of:2025-11-10")

    assert (done.returncode, done.stderr) == (0, "")
    first, *_, buttons = done.stdout.strip().splitlines()
    assert first == "6,435 people from China were waiting for a decision in Canada on 30 June 2025."
    assert "Mid-Year Trends 2025 (10 Nov 2025) · CC BY 4.0" in done.stdout
    assert "[picture: Lines over years, and bars: " in done.stdout
    assert "decisions: 812; recognised as refugees: 554." in done.stdout
    assert buttons.startswith("[Details] [Export]")
    assert [path.name for path in tmp_path.iterdir()] == [database.name]


def test_json_is_the_message_as_it_was_sent_and_where_its_files_are(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    done = shell("answer", "/asylum trend measure:pending asylum:Canada origin:China", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    message = json.loads(done.stdout)
    assert message["content"].startswith("People from China waiting for a decision in Canada: **7,304**")
    assert message["embeds"][0]["footer"]["text"].endswith("CC BY 4.0")
    (file,) = map(Path, message["files"])
    assert file.name == message["attachments"][0]["filename"] == "asylum-figures.png"
    assert file.read_bytes().startswith(b"\x89PNG")


def test_files_are_saved_where_one_wants_them(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "pictures" / "new"
    done = shell("answer", "/asylum top", "--out", str(out))

    assert done.returncode == 0
    assert [path.name for path in out.iterdir()] == ["asylum-figures.png"]


CLAIM = "178,725 Chinese nationals applied for asylum last year."

LINES = (
    "# what a figure is",
    "/asylum figures origin:China year:2025 as_of:2025-11-10",
    "asylum figures origin:China year:2025",
    "",
    "/asylum trend measure:pending origin:China",
    "/asylum trend measure:applications origin:China versus:India, Nigeria",
    "/asylum top measure:applications year:2024",
    "/asylum map origin:China",
    "/asylum history origin:China year:2025",
    "/asylum changes asylum:Canada",
    "/asylum decisions asylum:Canada",
    "/asylum period origin:China from:2003 to:2012",
    "/asylum define word:asylum-seeker",
    "/asylum about",
    "/asylum export measure:pending origin:China by:year format:CSV",
    f"/asylum check text:{CLAIM}",
    f"Check asylum figures written:2026-02-01 text:{CLAIM}",
    f"check written:2024-02-01 text:{CLAIM}",
    "/asylum ask question:How many Chinese applied for asylum in Canada last year?",
)
PENDING = "7,304 Chinese people had asylum claims pending in Canada at the end of last year."
WRITTEN = {
    f"check written:2026-02-01 text:{PENDING}": "7,304 from China were waiting for a decision in Canada on 31 December 2025.",
    f"check written:2025-02-01 text:{PENDING}": "7,304: 4,959 from China were waiting for a decision in Canada on 31 December 2024.",
}
NONSENSE = {
    "who are you": "There is no command '/who'.",
    "/asylum fgures": "There is no command '/asylum fgures'.",
    "/asylum figures year:soon": "'year' takes a whole number, not 'soon'.",
    "/asylum figures origin:Chna": "No country is called 'Chna'. Did you mean China?",
    "/asylum top year:1066": "UNHCR's asylum figures by country begin in 2000",
    "/alerts watch": "Watching for yourself works in a direct message",
    "/alerts list": "There is no subscription here yet",
    "check": "'Check asylum figures' needs a message",
    "check written:soon text:hello": "'written' takes a day like 2026-02-01, not 'soon'.",
    "check text:hello": "I find no claim about asylum figures",
    "\ufffd \\ {} []": "There is no command",
}


def test_commands_from_a_pipe_are_each_answered_with_one_object_a_line(database: Path) -> None:
    """Hundreds may come in one process: nonsense ends nothing; a message is checked as of the day it was written."""
    asked = [*LINES, *WRITTEN, *NONSENSE]
    done = run(database, "answer", "-", "--out", "files", text="\n".join(asked))

    assert (done.returncode, done.stderr) == (0, "")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["command"] for each in told] == [line for line in asked if line and line[0] != "#"]
    by_command = {each["command"]: each for each in told}
    assert [line for line, each in by_command.items() if not each["ok"]] == list(NONSENSE)
    for line, sentence in NONSENSE.items():
        assert sentence in by_command[line]["message"]["content"]
    for each in told:
        assert list(each) == ["command", "ok", "message", "more", "files", "seconds"]
        sent = [a["filename"] for m in (each["message"], *each["more"]) for a in m.get("attachments", ())]
        assert [Path(path).name for path in each["files"]] == sent
        assert all((database.parent / path).is_file() for path in each["files"])
    for line, sentence in WRITTEN.items():
        assert by_command[line]["message"]["content"].split("**")[1] == sentence


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let processes be interrupted: where a shell began us in the background, they would ignore it like us."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_answer_comes_before_the_next_line_is_written(database: Path) -> None:
    """As long as the other end of a pipe waits for it, it must not wait for more."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "answer", "-"],
        cwd=database.parent,
        env=environment(database),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in ("/asylum about", "nonsense", "/asylum top"):
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["command"] == line
        process.send_signal(signal.SIGINT)  # it waits for a line that does not come
        _, logged = process.communicate(timeout=WHOLE_START)

    assert (process.returncode, logged) == (130, "")


@in_one_loop
@pytest.mark.parametrize("line", [*EXAMPLES, *(f"/asylum {caption}" for caption in CAPTIONS)])
async def test_everything_an_empty_channel_suggests_or_the_readme_shows_is_answered_with_a_picture(
    services: Services, line: str
) -> None:
    """Here without a process of its own; a mention asks what the command for questions asks."""
    line = line.replace("@asylum-bot ", "/asylum ask question:")
    found = await answer(lambda: make_bot(services), line)

    assert found.ok
    assert [each["filename"] for each in found.message["attachments"]] == ["asylum-figures.png"]


def test_the_readme_shows_a_picture_of_each_kind_with_its_command() -> None:
    pictures = {path.stem for path in (ROOT / ".github" / "pictures").glob("*.png")}
    assert len(CAPTIONS) == len(pictures - {"reply"})


@pytest.mark.parametrize("arguments", [("answer", "/asylum figures origin:China"), ("releases",)])
def test_whoever_stops_reading_sees_no_traceback(database: Path, arguments: tuple[str, ...]) -> None:
    """As `… | head -1` does."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as nowhere:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=database.parent,
            env=environment(database),
            stdout=nowhere,
            stderr=subprocess.PIPE,
            text=True,
            timeout=WHOLE_START,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "")


def test_what_cannot_be_answered_is_one_line_and_code_two(shell: Shell) -> None:
    done = shell("answer", "/asylum figures origin:Chna")

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "No country is called 'Chna'. Did you mean China?\n"


@in_one_loop
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/asylum fgures", "There is no command '/asylum fgures'."),
        ("/asylum figures year:soon", "'year' takes a whole number, not 'soon'."),
    ],
)
async def test_a_line_that_is_no_command_is_refused_in_a_sentence(
    services: Services, line: str, sentence: str
) -> None:
    with refuses(AsylumBotError, re.escape(sentence)):
        await answer(lambda: make_bot(services), line)


@pytest.mark.parametrize(
    ("folder", "day", "sentence"),
    [
        ("nowhere", "2026-06-25", "There is no folder nowhere, nor a ZIP; name the folder"),
        (".", "2026-06-25", "has no population.csv and no population.csv.xz"),
        (".", "yesterday", "“yesterday”; write the day like 2026-06-25."),
        (".", "2026-13-45", "“2026-13-45”; write the day like 2026-06-25."),
    ],
)
def test_an_import_that_cannot_be_says_why_and_changes_nothing(
    shell: Shell, database: Path, folder: str, day: str, sentence: str
) -> None:
    before = database.read_bytes()

    check_refused(shell("import", folder, "--retrieved", day), sentence)
    assert database.read_bytes() == before


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_text(path: Path) -> None:
    path.write_text("not a database\n" * 20)


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")


def make_foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def make_read_only(path: Path) -> None:
    path.chmod(0o444)


def make_damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000] + b"\xff" * 20_000)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (make_empty, "is empty, not a database; delete it or set DATABASE_PATH elsewhere."),
        (make_text, "is not an SQLite database; set DATABASE_PATH to another file."),
        (make_newer, "was written by a newer version of this program"),
        (make_foreign, "belongs to another program; set DATABASE_PATH to another file."),
        (make_read_only, "is read-only; make it writable or set DATABASE_PATH to another file."),
        (make_damaged, "is damaged"),
    ],
)
def test_a_file_that_is_no_database_of_ours_is_refused_and_left_alone(
    shell: Shell, database: Path, spoil: Callable[[Path], None], sentence: str
) -> None:
    spoil(database)
    before = database.read_bytes()

    check_refused(shell("answer", "/asylum about"), sentence, Exit.CONFIGURED_WRONG)
    assert database.read_bytes() == before


def test_a_missing_folder_is_named(shell: Shell, tmp_path: Path) -> None:
    done = shell(DATABASE_PATH=str(tmp_path / "no" / "such" / "file"))

    check_refused(done, "create it, or set DATABASE_PATH elsewhere.", Exit.CONFIGURED_WRONG)


def test_a_bad_setting_is_one_sentence(shell: Shell) -> None:
    done = shell(LOG_LEVEL="LOUD")

    check_refused(done, "LOG_LEVEL is “LOUD”; use one of DEBUG, INFO,", Exit.CONFIGURED_WRONG)


def test_going_live_without_a_token_is_refused_and_never_starts_the_preview(
    shell: Shell, database: Path
) -> None:
    """Whether it was lost by a misspelt name, by a line without “=”, or in another working directory."""
    done = shell("run", "--live")

    check_refused(done, f"nor in {database.parent / '.env'}; set it there.", Exit.CONFIGURED_WRONG)


def test_what_sets_nothing_in_the_dotenv_file_is_named_before_anything_else(
    shell: Shell, database: Path
) -> None:
    (database.parent / ".env").write_text("\nDISCORD_TOKN=a.b.c\nDISCORD_TOKEN a.b.c\n", "utf-8")
    done = shell("run", "--live", DISCORD_TOKEN=None)

    assert done.returncode == Exit.CONFIGURED_WRONG
    assert done.stderr.splitlines()[:2] == [
        ".env, line 2: DISCORD_TOKN is no setting of this program; the nearest is DISCORD_TOKEN.",
        ".env, line 3, sets nothing; write it as NAME=value.",
    ]


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == Exit.STOPPED
    assert (
        capsys.readouterr().out.strip()
        == tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    )


@pytest.mark.parametrize("words", [["nonsense"], ["backup"], ["run", "--prot", "1"], ["--no-such"]])
def test_a_misuse_has_a_code_of_its_own(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == Exit.MISUSED
    assert capsys.readouterr().err.startswith("usage: python -m bot")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_helps_with_an_example_that_it_takes(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command.name, "--help"])

    assert ended.value.code == Exit.STOPPED
    assert command.example in " ".join(capsys.readouterr().out.split())
    assert read_arguments(COMMANDS, shlex.split(command.example)).command is command


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_is_none_is_refused(shell: Shell, port: str) -> None:
    check_refused(shell("--no-browser", "--port", port), "choose another")


def test_a_port_that_is_taken_is_refused(shell: Shell) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        check_refused(shell("--no-browser", "--port", str(port)), f"Port {port} cannot be used")


@contextmanager
def serving(database: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A preview that runs, and the address it says it has."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "--no-browser", *arguments],
        cwd=database.parent,
        env=environment(database),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Preview: http://127.0.0.1:"), line or process.communicate()
            yield process, line.split()[1]
        finally:
            if process.poll() is None:
                process.kill()


def test_the_preview_serves_its_page_until_it_is_told_to_stop(database: Path) -> None:
    """By a keyboard; how a process manager stops it, the next test shows."""
    with serving(database, "--port", "0") as (process, address):
        with urllib.request.urlopen(address, timeout=WHOLE_START) as page:
            text = page.read().decode()
        process.send_signal(signal.SIGINT)
        said, logged = process.communicate(timeout=WHOLE_START)

    assert "<html" in text
    assert process.returncode == 0, logged
    assert said == ""
    assert "Traceback" not in logged


def test_the_preview_takes_the_port_it_is_given_and_stops_even_while_it_connects(database: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with serving(database, "--port", str(port)) as (process, address):
        assert address == f"http://127.0.0.1:{port}/"
        process.terminate()
        process.communicate(timeout=WHOLE_START)

    assert process.returncode == 0


def test_the_doctor_tells_every_setting_with_its_source_and_what_is_wrong_with_it(
    shell: Shell, database: Path
) -> None:
    (database.parent / ".env").write_text("CONTACT=figures@example.org\n", "utf-8")
    done = shell("doctor", LOG_LEVEL="LOUD", DISCORD_TOKEN="a.secret.token", MENTIONS="")

    assert done.returncode == Exit.CONFIGURED_WRONG
    told = dict(re.findall(r"^(?:ok|wrong) +([A-Z_]+) +(.+)$", done.stdout, re.MULTILINE))
    assert list(told) == [setting.name for setting in SETTINGS]
    assert told["CONTACT"] == "figures@example.org (.env)"
    assert told["MENTIONS"] == "on (default)"
    assert told["DISCORD_TOKEN"] == "set (the environment)"
    assert told["LOG_LEVEL"].startswith("LOG_LEVEL is “LOUD”; use one of DEBUG,")
    assert "secret" not in done.stdout + done.stderr


def test_a_shell_completes_the_commands_of_the_installed_program() -> None:
    with redirect_stdout(io.StringIO()) as script, pytest.raises(SystemExit):
        main(["completion", "bash"])
    asked = f'{script.getvalue()}\nCOMP_WORDS=(asylum-bot rel); COMP_CWORD=1; _shtab_asylum_bot; echo "${{COMPREPLY[@]}}"'

    assert (
        subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True).stdout
        == "releases\n"
    )
