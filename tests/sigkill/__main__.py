"""Kill the worker at twenty random moments of a 100,000-row import; each time all is saved or nothing.

Usage: python -m tests.sigkill [SEED]    (in a database of its own, made for the occasion)

The moments are spread over the time that saving takes, its commit included. The file is read once, before:
a worker that is killed while it reads has nothing to leave half done. At the end the whole way is gone once
more, from the file to the draft.
"""

import os
import random
import sys
import tempfile
from pathlib import Path

import django

SEED = int(sys.argv[1]) if len(sys.argv) > 1 else random.SystemRandom().randrange(10**6)
ROWS, MOMENTS = 100_000, 20


def main() -> None:
    """Make a database, try every moment in it, and take it away."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boras_site.settings.test")
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import override_settings, setup_databases, teardown_databases

    # Work is put down and done by nobody: it is done where it can be killed.
    nobody = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    with (
        override_settings(TASKS=settings.TASKS | {"intake": nobody}),
        tempfile.TemporaryDirectory(prefix="sigkill-") as folder,
    ):
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "db.sqlite3")
        old = setup_databases(verbosity=0, interactive=False)
        try:
            from tests.sigkill.trial import Trial

            print(f"{connection.vendor}, seed {SEED}", flush=True)
            Trial(ROWS).at_every_moment(MOMENTS, random.Random(SEED))
        finally:
            connection.close()
            teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    main()
