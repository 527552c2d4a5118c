"""A program: builds a site of its own in a database file, tells what is there, and serves it.

The checks of looks only read. A process of its own spares them pytest's database, which is emptied after
every test that commits, and lets all of them share one site.

Usage: python -m tests.browser.serving demo|states   (with DATABASE_URL naming a file that is not there)

Writes one line of JSON, ``{"url": …, "places": [[path, status, state], …]}``, and ends when its input does.
"""

import dataclasses
import json
import os
import sys
from threading import Thread

import django
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, get_internal_wsgi_application
from django.test.testcases import QuietWSGIRequestHandler


def main(site: str) -> None:
    """Build the site, say so, serve until whoever started this is gone."""
    django.setup()
    call_command("migrate", verbosity=0)
    if site == "demo":
        from boras_site.demo import build

        build.build()
    else:
        from tests import states

        states.build()
    from boras_site.feedback import guards
    from tests.browser import pages

    guards.MOST_FROM_ONE = 10_000  # every check sends the forms, all from one address
    found = [dataclasses.astuple(place) for place in pages.find(fixed=site == "demo")]
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(StaticFilesHandler(get_internal_wsgi_application()))
    Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"url": f"http://127.0.0.1:{server.server_port}", "places": found}), flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
