"""``make bench``, on an empty PostgreSQL database that ``DATABASE_URL`` names."""

import argparse
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from comparisons.models import Observation  # noqa: E402
from tests.bench import groups, pages, scale  # noqa: E402
from tests.bench.report import Report  # noqa: E402


def main() -> int:
    """Run it all. Returns how many measurements are over their limit."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--indicators", type=int, default=200, help="25 191 figures each (default: 200)")
    arguments = parser.parse_args()
    if connection.vendor != "postgresql":
        sys.exit("The bench wants PostgreSQL: scripts/with-postgres.sh .venv/bin/python -m tests.bench")
    call_command("migrate", verbosity=0)
    call_command("build_demo", stdout=sys.stderr)
    report = Report()
    world = scale.World.make(arguments.indicators)
    shown = pages.fill_up(world.areas)
    few = pages.measure(shown)
    scale.run(world, report)
    pages.compare(report, few, pages.measure(shown), Observation.objects.count())
    groups.run(world, report)
    for line in report.failed:
        report.say(f"OVER: {line}")
    return len(report.failed)


if __name__ == "__main__":
    sys.exit(main())
