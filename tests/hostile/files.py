"""Every hostile, broken or odd file there is a test with, made by code; and a process that opens them all.

``cases`` is for whoever takes such files further than opening them. Run as a program with a folder, it opens
what ``lay_out`` put there, one after the other, and prints for each what came of it, how long it took and
how much memory the process had needed at its most.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from comparisons.intake.opening import Unreadable, open_file
from tests.hostile import archives, sizes, texts, workbooks
from tests.hostile.parts import OPENS, REFUSED, Case

_PEAK = re.compile(r"VmHWM:\s*(\d+) kB")


def cases() -> Iterator[Case]:
    """Each file with its name, its bytes, and whether it opens or is refused."""
    for module in (texts, workbooks, archives, sizes):
        yield from module.cases()


def lay_out(folder: Path) -> dict[str, str]:
    """Write all files to the folder; returns what is expected of each, by the name of the case."""
    expected: dict[str, str] = {}
    for number, case in enumerate(cases()):
        if case.name in expected:
            raise ValueError(f"two cases are called {case.name}")
        expected[case.name] = case.expected
        (folder / f"{number:04}.json").write_text(json.dumps([case.name, case.filename]))
        (folder / f"{number:04}.bin").write_bytes(case.content)
    return expected


def main(folder: Path) -> None:
    """Open the files of the folder and print a line of JSON for each."""
    for told in sorted(folder.glob("*.json")):
        name, filename = json.loads(told.read_text())
        content = told.with_suffix(".bin").read_bytes()
        # What the process holds from now on is its peak; Linux tells it apart from what came before.
        Path("/proc/self/clear_refs").write_text("5")
        before = time.process_time()
        sentence = ""
        try:
            outcome = OPENS if open_file(filename, content).sheets else "nothing"
        except Unreadable as error:
            outcome, sentence = REFUSED, str(error)
        except BaseException as error:
            outcome, sentence = "crashed", repr(error)
        took = time.process_time() - before
        peak = int(_PEAK.findall(Path("/proc/self/status").read_text())[0]) // 1000
        print(json.dumps([name, outcome, sentence, round(took, 2), peak]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
