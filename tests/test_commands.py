"""The program's command line, as an operator meets it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Each command gets an empty folder and nothing of the run's own settings.
pytestmark = pytest.mark.own_database
ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str, data: Path, **environment: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items()
             if name not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SECRET_KEY", "SELLERDESK_DATA", "EMAIL_URL"}}
    return subprocess.run([sys.executable, "-m", "sellerdesk", *arguments], capture_output=True, text=True, check=False,
                          env={**clean, "SELLERDESK_DATA": str(data), "LOG_LEVEL": "ERROR", **environment},
                          timeout=400, cwd=ROOT, input=environment.get("_input"))


def test_help_names_every_command(tmp_path):
    done = run("--help", data=tmp_path)

    assert done.returncode == 0
    for name in ("demo", "serve", "worker", "market", "migrate", "check", "create-operator", "import-taxonomy", "openapi"):
        assert name in done.stdout


def test_an_empty_folder_becomes_an_installation_that_passes_its_own_check(tmp_path):
    assert run("migrate", data=tmp_path).returncode == 0

    done = run("check", data=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("name", "value", "words"), [
    ("DATABASE_URL", "oracle://x", "setting DATABASE_URL: unknown kind 'oracle'"),
    ("EMAIL_URL", "smtp://", "setting EMAIL_URL: the address names no host"),
])
def test_a_setting_that_cannot_be_read_stops_the_start(tmp_path, name, value, words):
    done = run("check", data=tmp_path, **{name: value})

    assert done.returncode != 0
    assert words in done.stderr


@pytest.mark.parametrize(("environment", "words"), [
    ({}, "SECRET_KEY"),
    ({"SECRET_KEY": "x" * 50}, "SECRET_KEY"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
    ({"SITE_URL": "http://shop.example"}, "SITE_URL"),
    ({"EMAIL_URL": "captured://"}, "EMAIL_URL"),
    ({"SELLERDESK_DEMO": "1"}, "SELLERDESK_DEMO"),
])
def test_production_refuses_to_start_unsafe(tmp_path, environment, words):
    good = {"DJANGO_SETTINGS_MODULE": "sellerdesk.config.settings.prod", "SITE_URL": "https://shop.example",
            "ALLOWED_HOSTS": "shop.example", "EMAIL_URL": "smtp+tls://mail.example"}
    if environment:
        good["SECRET_KEY"] = "kZ3v9qLr7Tn2Wx8Yb4Mc6Pd1Sf5Gh0JtQeRu"

    done = run("check", data=tmp_path, **{**good, **environment})

    assert done.returncode != 0
    assert f"setting {words}" in done.stderr


def test_the_market_one_means_is_the_demo_one_stands_in(tmp_path, monkeypatch):
    from sellerdesk.config.commands import market

    for name in ("DATABASE_URL", "SELLERDESK_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    assert market._demo_here() == ""

    (tmp_path / "demo-data").mkdir()
    (tmp_path / "demo-data" / "demo.json").write_text("{}")
    assert market._demo_here() == "demo-data"
    monkeypatch.setenv("DATABASE_URL", "postgres://localhost/shop")
    assert market._demo_here() == ""
