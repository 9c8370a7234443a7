"""An object store on the loopback."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from moto.server import ThreadedMotoServer
from s3fs import S3FileSystem

from civicgauge.objectstore import prepare


@pytest.fixture(scope="session")
def moto_address() -> Iterator[str]:
    """An S3 server that keeps all in memory."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def object_store(moto_address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where it is, and who asks, said as the image is told; the address of a bucket that is not there yet."""
    settings = {
        "AWS_ENDPOINT_URL": moto_address,
        "AWS_ACCESS_KEY_ID": "somebody",
        "AWS_SECRET_ACCESS_KEY": "something",
        "AWS_DEFAULT_REGION": "us-east-1",
        "NO_PROXY": "127.0.0.1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    S3FileSystem.clear_instance_cache()
    return f"s3://b{secrets.token_hex(6)}/lake"


@pytest.fixture
def bucket(object_store: str) -> str:
    """The address of a lake in a bucket of its own."""
    assert prepare(object_store)
    return object_store
