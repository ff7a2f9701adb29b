"""Settings from the environment. A value that cannot be read stops the start with a clear message.

Every value may also stand in a file whose path is in NAME_FILE (as container secrets are handed over).
"""

from __future__ import annotations

import base64
import ipaddress
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(SystemExit):
    """A setting that cannot be used. Ends the process with exit code 2 and one readable line."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"sellerdesk: setting {name}: {problem}")
        self.name = name


def raw(name: str, default: str | None = None) -> str | None:
    """The text of NAME, or of the file that NAME_FILE points to."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE", f"cannot read {path!r}: {error.strerror}") from None
    return os.environ.get(name, default)


def text(name: str, default: str) -> str:
    value = raw(name, default)
    assert value is not None
    return value


def file(name: str) -> str:
    """The path of a file that has to be there; empty for none."""
    path = text(name, "")
    if path and not Path(path).is_file():
        raise BadSetting(name, f"there is no file {path!r}")
    return path


def flag(name: str, default: bool) -> bool:
    value = raw(name)
    if value is None or value == "":
        return default
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    try:
        return known[value.strip().lower()]
    except KeyError:
        raise BadSetting(name, f"expected true or false, got {value!r}") from None


def number(name: str, default: int, minimum: int, maximum: int) -> int:
    value = raw(name)
    if value is None or value == "":
        return default
    try:
        result = int(value)
    except ValueError:
        raise BadSetting(name, f"expected a whole number, got {value!r}") from None
    if not minimum <= result <= maximum:
        raise BadSetting(name, f"expected {minimum} to {maximum}, got {result}")
    return result


def names(name: str, default: list[str]) -> list[str]:
    value = raw(name)
    return default if value is None else [part.strip() for part in value.split(",") if part.strip()]


def networks(name: str, default: list[str]) -> list[str]:
    found = names(name, default)
    for each in found:
        try:
            ipaddress.ip_network(each)
        except ValueError:
            raise BadSetting(name, f"expected networks such as 10.0.0.0/8, got {each!r}") from None
    return found


def origins(name: str) -> list[str]:
    """Addresses of nothing but scheme, host and port."""
    found = [each.lower() for each in names(name, [])]
    for each in found:
        parts = urlsplit(each)
        if parts.scheme not in ("https", "http") or not parts.netloc or parts.path or parts.query:
            raise BadSetting(name, f"expected origins such as https://push.example.cn, got {each!r}")
    return found


def push_key(name: str) -> str:
    """A private key of 32 bytes in base64url, or nothing."""
    value = text(name, "")
    try:
        size = len(base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True))
    except ValueError:
        size = -1
    if value and size != 32:
        raise BadSetting(name, "expected 32 bytes in base64url")
    return value


def _address(name: str, default: str, schemes: dict[str, Callable]) -> dict:
    value = text(name, default)
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise BadSetting(name, f"not an address: {error}") from None
    try:
        build = schemes[parts.scheme]
    except KeyError:
        raise BadSetting(name, f"unknown kind {parts.scheme!r}; use one of {', '.join(sorted(schemes))}") from None
    return build(name, parts)


# -- databases ------------------------------------------------------------------------------------

# Figures by measurement (docs/decisions/0003-database-options.md). FULL, because an answered write must survive
# a power cut; NORMAL is for throw-away data only.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; "
    "PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=10000;"
)


def _sqlite(name: str, parts) -> dict:
    path = unquote(parts.path)
    # sqlite:///relative.db and sqlite:////absolute.db, as in other tools.
    path = path[1:] if path.startswith("/") else path
    if not path:
        raise BadSetting(name, "sqlite:/// needs a path, for example sqlite:///data/sellerdesk.sqlite3")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }


def _postgres(name: str, parts) -> dict:
    database = unquote(parts.path.lstrip("/"))
    if not database:
        raise BadSetting(name, "the address names no database, for example postgres://user:secret@host:5432/sellerdesk")
    extra = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "sellerdesk.core.postgres",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or 5432),
        # Threads are fixed, so plain persistent connections do.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3, **extra},
        # Policies between shops (decision 0009). A server-side cursor could not be sent its scope in one go.
        "WALL": flag("DATABASE_WALL", True),
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


def database(name: str, default: str) -> dict:
    return _address(name, default, {"sqlite": _sqlite, "postgres": _postgres, "postgresql": _postgres})


# -- cache ----------------------------------------------------------------------------------------


def cache(name: str, default: str) -> dict:
    def embedded(_name: str, _parts) -> dict:
        # Never per-process memory: sign-in limits live in the cache and must hold over several processes.
        return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}

    def redis(_name: str, parts) -> dict:
        address = parts.geturl().replace("valkey", "redis", 1)
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address}

    return _address(name, default, {"database": embedded, "redis": redis, "rediss": redis, "valkey": redis,
                                    "valkeys": redis})


# -- files ----------------------------------------------------------------------------------------


def storage(name: str, default: str) -> dict:
    def folder(_name: str, parts) -> dict:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": unquote((parts.netloc or "") + parts.path), "base_url": "/media/"}}

    def s3(name: str, parts) -> dict:
        extra = dict(parse_qsl(parts.query))
        bucket = parts.path.strip("/")
        if not bucket:
            raise BadSetting(name, "the address names no bucket, for example s3://key:secret@host/bucket?region=eu-1")
        scheme = "http" if extra.get("insecure") == "1" else "https"
        endpoint = f"{scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
        return {"BACKEND": "storages.backends.s3.S3Storage",
                "OPTIONS": {"bucket_name": bucket, "endpoint_url": endpoint,
                            "access_key": unquote(parts.username or ""), "secret_key": unquote(parts.password or ""),
                            "region_name": extra.get("region"), "signature_version": "s3v4",
                            "querystring_auth": True, "file_overwrite": False}}

    return _address(name, default, {"file": folder, "s3": s3})


# -- mail -----------------------------------------------------------------------------------------


def email(name: str, default: str) -> dict:
    def captured(_name: str, _parts) -> dict:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend", "MAIL_CAPTURED": True}

    def console(_name: str, _parts) -> dict:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend", "MAIL_CAPTURED": False}

    def smtp(name: str, parts) -> dict:
        if not parts.hostname:
            raise BadSetting(name, "the address names no host, for example smtp+tls://user:secret@host:587")
        return {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "MAIL_CAPTURED": False,
                "EMAIL_HOST": parts.hostname, "EMAIL_PORT": parts.port or 587,
                "EMAIL_HOST_USER": unquote(parts.username or ""), "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
                "EMAIL_USE_TLS": parts.scheme == "smtp+tls", "EMAIL_USE_SSL": parts.scheme == "smtps",
                "EMAIL_TIMEOUT": 15}

    return _address(name, default, {"captured": captured, "console": console, "smtp": smtp, "smtp+tls": smtp,
                                    "smtps": smtp})


def sms(name: str) -> dict:
    """Where short messages leave: SMS_URL, SMS_BODY and SMS_HEADERS, or nowhere."""
    address = raw(name) or ""
    if address and address != "console://" and not address.startswith(("https://", "http://")):
        raise BadSetting(name, "an https:// address of a gateway is needed, or console:// to print messages")
    body = text(f"{name.removesuffix('_URL')}_BODY", '{"to": "{to}", "text": "{text}"}')
    if address and not ("{to}" in body and "{text}" in body):
        raise BadSetting("SMS_BODY", "the body must hold {to} and {text}, for example To={to}&Body={text}")
    headers = {}
    for line in filter(None, (part.strip() for part in (raw("SMS_HEADERS") or "").split("\n"))):
        key, colon, value = line.partition(":")
        if not colon or not key.strip():
            raise BadSetting("SMS_HEADERS", "one header a line, for example Authorization: Bearer secret")
        headers[key.strip()] = value.strip()
    return {"SMS_URL": address, "SMS_BODY": body, "SMS_HEADERS": headers}


def scanner(name: str) -> str:
    """The address of a clamd, by host or by socket; empty for none."""
    found = text(name, "")
    try:
        parts = urlsplit(found)
        usable = parts.scheme == "clamd" and bool(parts.hostname or parts.path.strip("/")) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if found and not usable:
        raise BadSetting(name, "an address like clamd://host:3310 or clamd:///run/clamav/clamd.ctl is needed")
    return found


def address(name: str) -> str:
    """An http address without a slash at its end; empty for none."""
    found = text(name, "").rstrip("/")
    if found and not found.startswith(("https://", "http://")):
        raise BadSetting(name, "an address that begins with https:// or http:// is needed")
    return found


# -- secrets --------------------------------------------------------------------------------------


def secret(name: str, data_dir: Path, required: bool) -> str:
    """The secret key: from NAME, NAME_FILE, or (where not required) from a file made once in the data folder."""
    value = raw(name)
    if value is None and not required:
        path = data_dir / "secret.key"
        if not path.exists():
            import secrets

            data_dir.mkdir(parents=True, exist_ok=True)
            path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
            path.chmod(0o600)
        value = path.read_text(encoding="utf-8").strip()
    if not value:
        raise BadSetting(name, "a secret of at least 32 characters is needed; make one with: openssl rand -base64 48")
    if len(value) < 32 or len(set(value)) < 8:
        raise BadSetting(name, "too short or too simple; at least 32 random characters are needed")
    return value
