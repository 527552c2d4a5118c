"""A worker killed while it saves leaves all or nothing; tried in processes of their own, tests/sigkill/."""

import subprocess
import sys

import pytest
from django.db import connection


@pytest.mark.django_db  # on both: the process makes a database of its own beside this one
def test_an_import_killed_at_twenty_moments_leaves_all_or_nothing_and_can_be_run_again() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.sigkill"], capture_output=True, text=True, timeout=540
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = done.stdout.splitlines()
    assert told[0].startswith(connection.vendor), told
    assert sum("killed after" in line for line in told) == 20, told
    assert told[-1].startswith("run again"), told
