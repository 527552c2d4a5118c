"""A worker killed while it saves leaves all or nothing: tried in processes of their own, see tests/sigkill/."""

import os
import subprocess
import sys


def test_an_import_killed_at_twenty_moments_leaves_all_or_nothing_and_can_be_run_again() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.sigkill"], capture_output=True, text=True, timeout=540
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20" in done.stdout, "it says how many moments it tried"
    assert os.environ.get("DATABASE_URL", "sqlite").split(":")[0][:6] in done.stdout
