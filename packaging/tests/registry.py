"""An npm registry with a few packages, on this machine."""

import base64
import hashlib
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote


@contextmanager
def registry(packages: dict[Path, Path]):
    """Serves packages: the folder of each, and its packed file. Yields the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.address = f"http://127.0.0.1:{server.server_port}"
    server.documents = {}
    server.files = {packed.name: packed.read_bytes() for packed in packages.values()}
    for folder, packed in packages.items():
        manifest = json.loads((folder / "package.json").read_text())
        name, version = manifest["name"], manifest["version"]
        digest = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
        dist = {"tarball": f"{server.address}/files/{packed.name}", "integrity": f"sha512-{digest}"}
        versions = {version: manifest | {"dist": dist}}
        server.documents[name] = {"name": name, "dist-tags": {"latest": version}, "versions": versions}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.address
    finally:
        server.shutdown()
        server.server_close()


class Handler(BaseHTTPRequestHandler):
    """Answers what `npm install` asks."""

    def do_GET(self):
        path = unquote(self.path).lstrip("/")
        if path.startswith("files/"):
            return self.answer(self.server.files.get(path.removeprefix("files/")))
        document = self.server.documents.get(path)
        return self.answer(json.dumps(document).encode() if document else None)

    def answer(self, body: bytes | None):
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_):
        """Says nothing."""
