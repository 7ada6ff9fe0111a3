"""What people's phones show, kept by the test: messages arrive over HTTP and outlive the sender."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Given = dict[str, Any]


@dataclass(slots=True)
class Sink:
    """Every message in the order of its coming; the same key again is one more message."""

    messages: list[Given] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _server: ThreadingHTTPServer | None = None

    def open(self) -> None:
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                answer = json.dumps(sink.take(json.loads(self.rfile.read(length)))).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def take(self, given: Given) -> Given:
        with self._lock:
            if "reference" in given:
                self.messages[given["reference"]].update(buttons=given["buttons"])
                return {}
            self.messages.append(given)
            return {"reference": len(self.messages) - 1}

    @property
    def told(self) -> list[Given]:
        """What was meant to be noticed: all but the board, which is edited in place."""
        return [message for message in self.messages if not message["pinned"]]

    def button(self, who: str, label: str) -> Mapping[str, Any]:
        """The latest button of this name before somebody."""
        mine = (m for m in reversed(self.messages) if m["address"] == who)
        found = (b for m in mine for b in reversed(m["buttons"]) if b["label"] == label)
        button: Mapping[str, Any] = next(found)
        return button
