"""Turns STORAGE_URL into Django's storage setting for an S3-compatible object store."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def object_storage(address: str) -> dict[str, Any]:
    """Return the STORAGES entry of `https://KEY:SECRET@HOST/BUCKET` (or `s3://` for AWS).

    Raises ImproperlyConfigured when key, secret or bucket is missing.
    """
    parts = urlsplit(address)
    bucket = parts.path.strip("/")
    if not (parts.username and parts.password and bucket):
        message = "STORAGE_URL: https://KEY:SECRET@HOST/BUCKET is needed"
        raise ImproperlyConfigured(message)
    options = {
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "bucket_name": bucket,
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
    }
    if parts.scheme != "s3":
        port = f":{parts.port}" if parts.port else ""
        options["endpoint_url"] = f"{parts.scheme}://{parts.hostname}{port}"
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
