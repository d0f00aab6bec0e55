"""Files that pretend: none of them is unpacked beyond all bounds, none is taken for another."""

from __future__ import annotations

import lzma
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.sentences import say
from data.errors import BadRelease
from data.model import Dataset
from data.sources.unhcr.folder import MAX_BYTES, ReleaseFolder
from tests.data.sentences import is_one_sentence
from tests.data.sources.unhcr.test_website import TABLES, write, zipped
from tests.refusals import refuses

ROOT = Path(__file__).parents[4]
ROW = b"2025,China,CHN,Canada,CAN,0,7304,0,0,0,0,0,-,0\n"
MAX_MEMORY = 200_000
"""In KB: the interpreter and the program have some 60,000 of them."""

READ = r"""
import re, sys
from pathlib import Path
from bot.sentences import say
from data.errors import BadRelease
from data.model import Dataset
from data.sources.unhcr.folder import ReleaseFolder
try:
    sum(1 for _ in ReleaseFolder(Path(sys.argv[1])).rows(Dataset.POPULATION, 2025))
except BadRelease as error:
    print(say(error))
print(re.search(r"VmHWM:\s+([0-9]+) kB", Path("/proc/self/status").read_text())[1])
"""


def bomb(path: Path, size: int) -> None:
    """Write rows of so many bytes, compressed to almost nothing."""
    block = ROW * (1024**2 // len(ROW))
    with lzma.open(path, "wb", preset=0) as file:
        file.write(TABLES["population"].encode())
        for _ in range(size // len(block)):
            file.write(block)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says how much was held")
@pytest.mark.parametrize("kind", ["xz", pytest.param("zip", id="ZIP"), "plain"])
def test_a_bomb_is_refused_in_a_sentence_and_in_little_memory(tmp_path: Path, kind: str) -> None:
    folder = write(tmp_path / "download")
    plain = folder / "population.csv"
    if kind == "xz":
        plain.unlink()
        bomb(folder / "population.csv.xz", 4 * MAX_BYTES)
    else:
        plain.write_bytes(plain.read_bytes() + ROW * (4 * MAX_BYTES // len(ROW)))
    path = zipped(folder) if kind == "zip" else folder
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    said, memory = done.stdout.splitlines()
    assert said == (
        f"population.csv{'.xz' if kind == 'xz' else ''} holds more than 32 MB, which no table of UNHCR's does;"
        " get the file anew."
    )
    assert is_one_sentence(said)
    assert int(memory) < MAX_MEMORY


def test_two_forms_of_a_table_are_refused_by_name(tmp_path: Path) -> None:
    folder = write(tmp_path / "download")
    with lzma.open(folder / "population.csv.xz", "wb") as file:
        file.write(TABLES["population"].encode())
    with pytest.raises(BadRelease) as told:
        list(ReleaseFolder(folder).rows(Dataset.POPULATION, 2025))
    assert say(told.value) == (
        "population.csv and population.csv.xz are the same table; remove the older one."
    )


def test_two_tables_with_the_same_headings_are_refused_by_name(tmp_path: Path) -> None:
    folder = write(tmp_path / "download")
    for name in ("a.csv", "b.csv"):
        shutil.copy(folder / "population.csv", folder / name)
    (folder / "population.csv").unlink()
    with refuses(BadRelease, r"^a\.csv and b\.csv are the same table; remove the older one\.$"):
        list(ReleaseFolder(folder).rows(Dataset.POPULATION, 2025))


@pytest.mark.parametrize("kind", ["empty", "no ZIP", "cut", "locked", "flipped"])
def test_a_zip_that_is_none_is_refused_in_a_sentence(tmp_path: Path, kind: str) -> None:
    path = zipped(write(tmp_path / "download"))
    content = bytearray(path.read_bytes())
    if kind == "locked":
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            place = -1
            while (place := content.find(mark, place + 1)) >= 0:
                content[place + at] |= 1
    elif kind == "flipped":
        content[content.find(b"population.csv") + 60] ^= 0xFF
    changed = {"empty": b"", "no ZIP": b"Year,Country", "cut": bytes(content[:200])}
    path.write_bytes(changed.get(kind, bytes(content)))
    with pytest.raises(BadRelease) as told:
        [list(ReleaseFolder(path).rows(dataset, 2025)) for dataset in Dataset]
    assert is_one_sentence(say(told.value))


def test_a_zip_without_tables_says_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "empty.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("read me.txt", "Nothing.")
    with refuses(BadRelease, r"has no population\.csv and no population\.csv\.xz\.$"):
        list(ReleaseFolder(path).rows(Dataset.POPULATION, 2025))
