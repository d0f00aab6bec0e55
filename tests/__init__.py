"""The tests. What they import, and the processes that they start, are compiled once and kept.

Where Python is told to keep nothing, each of dozens of processes would compile every library anew, which takes longer
than all else it does. Said before the first import, in the environment for xdist's workers and for those processes.
"""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
