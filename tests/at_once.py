"""Calls that are made at the same time, in threads with a connection each."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, connections

AtOnce = Callable[..., list[Any]]


def run(folder: Path, *calls: Callable[[], Any]) -> list[Any]:
    """Run calls at the same time; returns what each returned or raised.

    SQLite in memory lets no two connections write, so the threads there share a copy in a file in
    ``folder``. What they have done there, only another call sees.
    """
    file = folder / "copy.sqlite3"
    if connection.vendor == "sqlite" and not file.exists():
        with sqlite3.connect(file) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=WAL")
        copy.close()
    start = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def work(number: int) -> None:
        own = connections["default"]
        if own.vendor == "sqlite":
            own.settings_dict = own.settings_dict | {"NAME": str(file)}
        try:
            start.wait()
            results[number] = calls[number]()
        except Exception as raised:  # the test says which one it expects
            results[number] = raised
        finally:
            own.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
