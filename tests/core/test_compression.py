"""Pages are packed for browsers that can unpack them; files are not packed again."""

import gzip

import pytest

from core.models import SiteImage
from tests.factories.home import make_image

PACKING = {"accept-encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("address", ["/", "/finns/inte/"])
def test_text_is_packed_and_caches_are_told(client, root, address):
    plain = client.get(address)
    packed = client.get(address, headers=PACKING)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(gzip.decompress(packed.content)) == len(plain.content)
    assert "Content-Encoding" not in plain.headers


def test_a_file_is_sent_as_it_is_stored(client, root):
    image: SiteImage = make_image()
    address = image.get_rendition("max-100x100|format-webp").url
    answer = client.get(address, headers=PACKING)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    assert b"".join(answer.streaming_content)[:4] == b"RIFF"
