"""Another website, on this machine, for tests of what asks other websites."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Site:
    """A site that answers as it is told: ``answers`` by path, a status or a place to go on to.

    A list is used up from its first, and its last stays. ``asked`` is what was asked of it, in order.
    """

    def __init__(self) -> None:
        self.answers: dict[str, list[int | str]] = {}
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str | None] = set()
        self.url = ""

    def says(self, path: str, *answers: int | str) -> str:
        """Set the answers of a path; its whole address."""
        self.answers[path] = list(answers)
        return f"{self.url}{path}"

    def answer(self, method: str, path: str, agent: str | None) -> int | str:
        """The next answer of a path; for one that is not known, 404."""
        self.asked.append((method, path))
        self.agents.add(agent)
        answers = self.answers.get(f"{method} {path}") or self.answers.get(path) or [404]
        return answers.pop(0) if len(answers) > 1 else answers[0]


@contextmanager
def site(address: str = "127.0.0.1") -> Iterator[Site]:
    """A site that is up while it lasts."""
    told = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = told.answer(self.command, self.path, self.headers["User-Agent"])
            self.send_response(302 if isinstance(answer, str) else answer)
            if isinstance(answer, str):
                self.send_header("Location", answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((address, 0), Handler)
    told.url = f"http://{address}:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
