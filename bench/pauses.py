"""The bot as it is, with what Python's collector takes of it: `python -m bench.pauses`.

Every collection of more than a tenth of a millisecond is a line in the file that PAUSES names: the moment
(seconds of the epoch) and its milliseconds, of the thread's own time, to which no neighbour adds.
"""

from __future__ import annotations

import gc
import os
import time
from pathlib import Path

from bench.timing import MS
from bot.__main__ import main

_LEAST = 0.1


def watch(path: Path) -> None:
    """Note collections from now on."""
    file = path.open("a", buffering=1)
    began = 0.0

    def note(phase: str, _: dict[str, int]) -> None:
        nonlocal began
        if phase == "start":
            began = time.thread_time()
        elif (took := (time.thread_time() - began) * MS) > _LEAST:
            file.write(f"{time.time()} {took:.2f}\n")

    gc.callbacks.append(note)


if __name__ == "__main__":
    watch(Path(os.environ["PAUSES"]))
    main([])
