"""Pictures in a bucket: the same services and pages, with the storage named by its setting."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.test import override_settings
from PIL import Image

from sellerdesk.catalog import queries
from sellerdesk.catalog.services import picturefiles, pictures
from sellerdesk.config import env
from sellerdesk.core import storage
from sellerdesk.core.errors import NotFound

pytest.importorskip("storages.backends.s3")
pytestmark = pytest.mark.django_db


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 as files need: PUT, GET, HEAD, DELETE."""

    protocol_version = "HTTP/1.1"
    things: dict[str, bytes] = {}
    signed: set[bool] = set()

    @property
    def key(self) -> str:
        return unquote(self.path.partition("?")[0])

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.signed.add("AWS4-HMAC-SHA256" in self.headers.get("Authorization", ""))
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.things[self.key] = _plain(data) if "aws-chunked" in self.headers.get("Content-Encoding", "") else data
        self.answer(200, ETag=f'"{hashlib.md5(self.things[self.key]).hexdigest()}"')

    def do_GET(self) -> None:
        found = self.things.get(self.key)
        if found is None:
            body = b"<Error><Code>NoSuchKey</Code></Error>"
            return self.answer(404, body if self.command == "GET" else b"")
        headers = {"ETag": f'"{hashlib.md5(found).hexdigest()}"', "Last_Modified": "Mon, 23 Nov 2026 09:00:00 GMT"}
        if self.command == "HEAD":
            self.send_response(200)
            for name, value in {"Content-Length": str(len(found)), **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            return self.end_headers()
        return self.answer(200, found, **headers)

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        self.things.pop(self.key, None)
        self.answer(204)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def _plain(chunked: bytes) -> bytes:
    """The body of an upload that comes in signed chunks."""
    out, rest = b"", chunked
    while rest:
        head, _end, rest = rest.partition(b"\r\n")
        size = int(head.partition(b";")[0], 16)
        if not size:
            break
        out, rest = out + rest[:size], rest[size + 2:]
    return out


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    monkeypatch.setattr(Bucket, "things", {})
    monkeypatch.setattr(Bucket, "signed", set())
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("STORAGE_URL", f"s3://key:secret@127.0.0.1:{server.server_port}/shop?region=eu-1&insecure=1")
    made = env.storage("STORAGE_URL", "")
    with override_settings(STORAGES={**settings.STORAGES, "default": made}):
        yield Bucket.things
    server.shutdown()
    server.server_close()


def test_pictures_go_into_the_bucket_and_come_out_as_from_a_folder(client, bucket, shop, photo, now):
    kept = pictures.store(seller=shop, data=photo((1600, 1200)), now=now)
    whole = client.get(kept.url)
    early = client.get(kept.url.replace(".webp", "-card.webp"))
    pictures.size_pictures(seller=shop, keys=[kept.key], now=now)
    card = client.get(kept.url.replace(".webp", "-card.webp"))

    assert sorted(bucket) == sorted(f"/shop/{key}" for key in (
        kept.key, kept.thumb_key, kept.key.replace(".webp", "-card.webp"), kept.key.replace(".webp", "-list.webp")))
    assert (whole.status_code, early.content == whole.content) == (200, True)
    assert Image.open(io.BytesIO(card.content)).size == (800, 600)
    assert Bucket.signed == {True}


def test_what_is_not_there_is_not_found_and_what_is_deleted_is_gone(client, bucket, shop, photo, now):
    kept = pictures.store(seller=shop, data=photo(), now=now)

    storage.delete(kept.key)

    assert client.get(kept.url).status_code == 404
    with pytest.raises(NotFound):
        storage.open_bytes("pictures/none.webp")
    storage.put_bytes("pictures/one.webp", b"first")
    storage.put_bytes("pictures/one.webp", b"second")
    assert storage.open_bytes("pictures/one.webp") == b"second"


def test_an_upload_by_file_name_is_read_from_the_bucket_and_leaves_nothing_there(bucket, shop, photo, actor, now):
    upload_id = picturefiles.upload(seller=shop, files=[("A-1.jpg", io.BytesIO(photo()))], actor=actor, now=now)
    waiting = [key for key in bucket if "/incoming/" in key]

    picturefiles.read(upload_id=upload_id, now=now)

    assert len(waiting) == 1
    assert queries.pictures.upload(shop, upload_id).counts == {"unmatched": 1}
    assert [key for key in bucket if "/incoming/" in key] == []
