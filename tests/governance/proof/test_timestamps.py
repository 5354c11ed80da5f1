"""Timestamps by an authority of the test's own, which speaks the real protocol (RFC 3161)."""

import asyncio
import shutil
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.core.management import call_command
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from governance import jobs
from governance.actions.proof import heads
from governance.timestamps import TimestampError, check_token, read_roots, request_token
from tests.factories.minutes import begin, close

NAME = "Tidsstämplare (exempel)"
CONTENT = b"huvuden"


def certificate() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """Return a key and a certificate that may timestamp, its own root."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=False, key_encipherment=False,
                data_encipherment=False, key_agreement=False, key_cert_sign=False,
                crl_sign=False, encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
    )  # fmt: skip
    return key, made.sign(key, hashes.SHA256())


class Authority:
    """Answers timestamp queries over HTTP; `mood` may be "silent", "other" or "rubbish"."""

    def __init__(self) -> None:
        key, self.certificate = certificate()
        der = serialization.Encoding.DER
        plain = key.private_bytes(
            der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.signer = DummyTimeStamper(
            asn1_x509.Certificate.load(self.certificate.public_bytes(der)),
            keys.PrivateKeyInfo.load(plain),
        )
        self.mood = ""
        self.asked: list[tsp.TimeStampReq] = []

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def answer(self, query: bytes) -> bytes:
        request = tsp.TimeStampReq.load(query)
        self.asked.append(request)
        if self.mood in {"rubbish", "silent"}:
            return self.mood.encode()
        if self.mood == "other":
            request["message_imprint"]["hashed_message"] = b"\0" * 32
        reply = asyncio.run(self.signer.async_request_tsa_response(request))
        return reply.dump(force=True)


@pytest.fixture
def authority(settings) -> Iterator[Authority]:
    found = Authority()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            content = found.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(503 if found.mood == "silent" else 200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.TIMESTAMP_URL = f"http://127.0.0.1:{server.server_port}/"
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.LEDGER_HEADS_DIR = tmp_path / "heads"
    settings.LEDGER_HEADS_DIR.mkdir()
    return settings.LEDGER_HEADS_DIR


def test_the_authority_gets_a_checksum_and_the_token_fits(authority, settings):
    token = request_token(CONTENT, url=settings.TIMESTAMP_URL)
    [asked] = authority.asked
    assert asked["message_imprint"]["hash_algorithm"]["algorithm"].native == "sha256"
    assert len(asked["message_imprint"]["hashed_message"].native) == 32
    unknown = check_token(token, CONTENT)
    assert (unknown.authority, unknown.trusted) == (f"Common Name: {NAME}", False)
    known = check_token(token, CONTENT, roots=read_roots(authority.pem))
    assert known.trusted
    assert abs(known.at - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_token_is_asked_for_and_checked_where_a_loop_runs_too(authority, settings):
    async def ask() -> bytes:
        return request_token(CONTENT, url=settings.TIMESTAMP_URL)

    # In a thread of its own: the browser's tests leave a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        token = pool.submit(lambda: asyncio.run(ask())).result()
    assert check_token(token, CONTENT).authority == f"Common Name: {NAME}"


def test_a_changed_file_token_or_root_is_found(authority, settings):
    token = request_token(CONTENT, url=settings.TIMESTAMP_URL)
    with pytest.raises(TimestampError, match="something else"):
        check_token(token, CONTENT + b"!")
    roots = read_roots(authority.pem)
    known, said = check_token(token, CONTENT, roots=roots), []
    for place in range(0, len(token), 7):
        changed = token[:place] + bytes([token[place] ^ 1]) + token[place + 1 :]
        try:
            said.append(check_token(changed, CONTENT, roots=roots))
        except TimestampError:
            said.append(None)
    # A few bytes of the wrapping are covered by no signature; none of them says anything.
    assert {stamp for stamp in said if stamp and stamp.trusted} <= {known}
    assert said.count(None) > 0.95 * len(said)
    other = Authority()
    assert not check_token(token, CONTENT, roots=read_roots(other.pem)).trusted


@pytest.mark.parametrize("mood", ["silent", "rubbish", "other"])
def test_an_authority_that_fails_gives_no_token(authority, settings, mood):
    authority.mood = mood
    with pytest.raises(TimestampError):
        request_token(CONTENT, url=settings.TIMESTAMP_URL)


def test_nobody_there(settings):
    with pytest.raises(TimestampError, match="gave no timestamp"):
        request_token(CONTENT, url="http://127.0.0.1:1/")


@pytest.mark.parametrize("content", [b"", b"x", b"-----BEGIN X-----\nAA==\n-----END X-----\n"])
def test_roots_must_be_certificates(content):
    with pytest.raises(TimestampError, match="no certificates"):
        read_roots(content)


@pytest.mark.django_db
def test_heads_of_a_closed_meeting_are_stamped_and_verified(
    authority, folder, tmp_path, capsys, caplog, django_capture_on_commit_callbacks
):
    authority.mood = "silent"
    with django_capture_on_commit_callbacks(execute=True):
        close(begin())
    jobs.stamp_heads()
    assert "are not timestamped" in caplog.text
    [file] = heads.head_files()
    assert not heads.token_path(file).exists()
    call_command("verify_timestamps")
    assert "OK: 0 timestamps fit their heads, 1 heads wait." in capsys.readouterr().out
    authority.mood = ""
    jobs.stamp_heads()
    assert heads.stamp_heads() == 0
    roots = tmp_path / "roots.pem"
    roots.write_bytes(authority.pem)
    call_command("verify_timestamps", "--trust", str(roots))
    said = capsys.readouterr().out
    assert "OK: 1 timestamps fit their heads, 0 heads wait." in said
    assert f"{file.name}: 20" in said
    # The control: a head that was written over is found.
    file.write_bytes(file.read_bytes().replace(b'"number"', b'"Number"'))
    with pytest.raises(SystemExit) as ended:
        call_command("verify_timestamps", "--trust", str(roots))
    assert (ended.value.code, "something else" in capsys.readouterr().err) == (1, True)


@pytest.mark.django_db
def test_an_unknown_authority_and_a_bad_file_are_told(authority, folder, tmp_path, capsys):
    (folder / "a.json").write_bytes(CONTENT)
    heads.stamp_heads()
    roots = tmp_path / "roots.pem"
    roots.write_bytes(Authority().pem)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_timestamps", "--trust", str(roots))
    assert (ended.value.code, "no trusted root" in capsys.readouterr().err) == (1, True)
    roots.write_bytes(b"x")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_timestamps", "--trust", str(roots))
    assert ended.value.code == 2


def test_without_an_authority_nobody_is_asked(folder, settings):
    (folder / "a.json").write_bytes(CONTENT)
    assert settings.TIMESTAMP_URL == ""
    jobs.stamp_heads()
    assert not heads.token_path(folder / "a.json").exists()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="OpenSSL is not here")
def test_openssl_says_the_same(authority, settings, tmp_path):
    file, token, roots = (tmp_path / name for name in ("a.json", "a.tst", "roots.pem"))
    file.write_bytes(CONTENT)
    token.write_bytes(request_token(CONTENT, url=settings.TIMESTAMP_URL))
    roots.write_bytes(authority.pem)
    command = ["openssl", "ts", "-verify", "-token_in", "-in", token, "-data", file]
    command += ["-CAfile", roots]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr
    file.write_bytes(CONTENT + b"!")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Verification: FAILED" in done.stdout + done.stderr
