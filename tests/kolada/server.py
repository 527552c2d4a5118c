"""A server that speaks Kolada's API from small files made by hand, and misbehaves when it is told to.

Beside it stands what Kolada has: ``kpi.json``, ``municipality.json``, ``municipality_groups.json``
and ``data.json``, each a list of rows. Filters work as Kolada's do: one that is misspelt finds nothing.
"""

import gzip
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

FILES = Path(__file__).parent
MOST_IDS, MOST_ROWS = 25, 5000

#: What an answer may be instead: a function that writes to the handler.
Trick = Callable[["Handler"], None]


class Kolada:
    """What the server has, how it is to behave, and what it was asked. ``rows`` may be changed by a test."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Any]] = {
            path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FILES.glob("*.json")
        }
        self.page_size = MOST_ROWS
        self.asked: list[str] = []
        self.asked_at: list[float] = []
        self._tricks: dict[str, list[Trick | None]] = defaultdict(list)
        self._always: dict[str, Trick] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.kolada = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self._server.server_port}/v3/"

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def once(self, start: str, trick: Trick | None, *more: Trick | None) -> None:
        """Answer the next questions whose path starts so with these tricks; None answers as it should."""
        self._tricks[start] += [trick, *more]

    def always(self, start: str, trick: Trick) -> None:
        """Answer every question whose path starts so with the trick."""
        self._always[start] = trick

    def behave(self) -> None:
        """No tricks any more."""
        self._tricks.clear()
        self._always.clear()

    def trick(self, path: str) -> Trick | None:
        """What is to be played on a question for ``path``."""
        for start, tricks in self._tricks.items():
            if path.startswith(start) and tricks:
                return tricks.pop(0)
        return next((trick for start, trick in self._always.items() if path.startswith(start)), None)

    def figure(self, kpi: str, municipality: str, year: int, gender: str = "T") -> dict[str, Any]:
        """One figure, to be changed by a test."""
        for row in self.rows["data"]:
            if (row["kpi"], row["municipality"], row["period"]) == (kpi, municipality, year):
                return next(figure for figure in row["values"] if figure["gender"] == gender)
        raise AssertionError(f"no {kpi} of {municipality} {year}")

    def add(self, kpi: str, municipality: str, year: int, value: float | None, **figure: Any) -> None:
        """Another figure."""
        said = {"gender": "T", "count": 1, "status": "", "value": value, "isdeleted": False} | figure
        self.rows["data"].append({"kpi": kpi, "municipality": municipality, "period": year, "values": [said]})

    def drop(self, kpi: str) -> None:
        """Kolada has that KPI no more."""
        self.rows["kpi"] = [row for row in self.rows["kpi"] if row["id"] != kpi]
        self.rows["data"] = [row for row in self.rows["data"] if row["kpi"] != kpi]


class Handler(BaseHTTPRequestHandler):
    """Answers one question."""

    protocol_version = "HTTP/1.1"

    @property
    def kolada(self) -> Kolada:
        """What the server has."""
        return self.server.kolada  # type: ignore[attr-defined, no-any-return]

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer, or play a trick."""
        path = self.path.removeprefix("/v3/")
        self.kolada.asked.append(unquote(path))
        self.kolada.asked_at.append(time.monotonic())
        trick = self.kolada.trick(path)
        with suppress(BrokenPipeError, ConnectionResetError):
            (trick or Handler.answer)(self)

    def answer(self) -> None:
        """As Kolada does."""
        parts = urlsplit(self.path)
        segments = [unquote(one) for one in parts.path.removeprefix("/v3/").strip("/").split("/")]
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        page, per_page = int(query.pop("page", "1")), int(query.pop("per_page", str(MOST_ROWS)))
        if per_page > MOST_ROWS or any(segment.count(",") >= MOST_IDS for segment in segments):
            self.send({"detail": "too many"}, 422)
            return
        found = self.found(segments, query)
        size = min(per_page, self.kolada.page_size)
        rows = found[(page - 1) * size : page * size]
        following = None
        if page * size < len(found):
            rest = "&".join(one for one in parts.query.split("&") if not one.startswith("page="))
            following = f"?{rest}&page={page + 1}"
        self.send({"values": rows, "count": len(rows), "next_url": following, "previous_url": None})

    def found(self, segments: list[str], query: dict[str, str]) -> list[Any]:
        """The rows that the path and the filters ask for."""
        rows = self.kolada.rows
        kind, *rest = segments
        if kind != "data":
            found = rows.get(kind, [])
            if rest:
                found = [row for row in found if row["id"] in rest[0].split(",")]
            title = query.pop("title", "").casefold()
            return [] if query else [row for row in found if title in row["title"].casefold()]
        types = {row["id"]: row["type"] for row in rows["municipality"]}
        wanted = {name: set(ids.split(",")) for name, ids in zip(rest[::2], rest[1::2], strict=True)}
        for name, of in (("kpi_id", "kpi"), ("municipality_id", "municipality"), ("year", "year")):
            if name in query:
                wanted[of] = {query.pop(name)}
        region_type = query.pop("region_type", None)
        if query:
            return []
        return [
            row
            for row in rows["data"]
            if row["kpi"] in wanted.get("kpi", {row["kpi"]})
            and row["municipality"] in wanted.get("municipality", {row["municipality"]})
            and str(row["period"]) in wanted.get("year", {str(row["period"])})
            and (region_type is None or types.get(row["municipality"], "K") == region_type)
        ]

    def send(self, what: Any, status: int = 200, *, packed: bool = False, **headers: str) -> None:
        """Send JSON, or bytes as they are."""
        body = what if isinstance(what, bytes) else json.dumps(what).encode()
        if packed:
            body = gzip.compress(body)
            headers["Content-Encoding"] = "gzip"
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


# --- Tricks --------------------------------------------------------------------------------------


def status(code: int, **headers: str) -> Trick:
    """Answer with a status and nothing to use."""
    return lambda handler: handler.send({"detail": "no"}, code, **headers)


def body(what: bytes | Any, **headers: str) -> Trick:
    """Answer with this body."""
    return lambda handler: handler.send(what, **headers)


def rows(*found: Any, next_url: Any = None) -> Trick:
    """Answer with these rows."""
    values = deepcopy(list(found))
    return body({"values": values, "count": len(values), "next_url": next_url, "previous_url": None})


def slow(seconds: float) -> Trick:
    """Say nothing for so long."""

    def wait(handler: Handler) -> None:
        time.sleep(seconds)
        handler.send({})

    return wait


def cut_off(handler: Handler) -> None:
    """Promise more than comes."""
    text = b'{"values": [{"id": "U0'
    handler.send_response(200)
    handler.send_header("Content-Length", "4000")
    handler.end_headers()
    handler.wfile.write(text)
    handler.close_connection = True


def in_chunks(handler: Handler, *, whole: bool = True) -> None:
    """Send an answer in chunks, packed, as a server does that does not know yet how long it is."""
    rows = {"values": handler.kolada.rows["kpi"], "next_url": None}
    packed = gzip.compress(json.dumps(rows).encode())
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for start in range(0, len(packed) if whole else 40, 20):
        piece = packed[start : start + 20]
        handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        handler.wfile.flush()
    if whole:
        handler.wfile.write(b"0\r\n\r\n")
    handler.close_connection = not whole


def broken_chunks(handler: Handler) -> None:
    """Send chunks and stop before the last."""
    in_chunks(handler, whole=False)


def hang_up(handler: Handler) -> None:
    """Close the line without a word."""
    handler.close_connection = True
    handler.connection.close()


def trickle(handler: Handler) -> None:
    """Send a byte now and then, without end."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def bomb(megabytes: int) -> Trick:
    """Send little that unpacks to much."""
    return lambda handler: handler.send(b" " * (megabytes << 20), packed=True)


def redirect(to: str) -> Trick:
    """Lead to another address."""
    return lambda handler: handler.send({}, 302, Location=to)
