"""Reads files with `briefing.reader` alone and prints the seconds that took: `read_events.py FILE...`."""

import gc
import sys
from pathlib import Path
from time import perf_counter

from briefing.reader import read

gc.disable()  # as the loader does
start = perf_counter()
for name in sys.argv[1:]:
    read(Path(name).read_bytes())
print(perf_counter() - start)
