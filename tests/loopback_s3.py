"""An object store on this machine: the S3 protocol over real sockets, empty at the start and forgotten at the end."""

from __future__ import annotations

import contextlib
import urllib.request
from collections.abc import Iterator

import pytest
from moto.server import ThreadedMotoServer


@contextlib.contextmanager
def loopback_s3(bucket: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run a store with one bucket, and let the environment point to it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    for name, value in {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "prova",
        "AWS_SECRET_ACCESS_KEY": "prova",
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(name, value)
    urllib.request.urlopen(urllib.request.Request(f"{address}/{bucket}", method="PUT")).close()
    try:
        yield
    finally:
        # It remembers buckets for as long as the process lives.
        urllib.request.urlopen(urllib.request.Request(f"{address}/moto-api/reset", method="POST")).close()
        server.stop()
