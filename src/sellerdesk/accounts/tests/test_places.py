"""The place of a session: from a file of the operator's, in the reader's language, or not at all."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from sellerdesk.accounts import places
from sellerdesk.accounts.models import SecurityEvent
from sellerdesk.config import env
from sellerdesk.core import worker
from sellerdesk.core.models import Message
from tests import mmdb_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits", "dated_rules")]

KAZAN = {"city": {"names": {"en": "Kazan", "ru": "Казань", "zh-CN": "喀山"}},
         "country": {"names": {"en": "Russia", "ru": "Россия", "zh-CN": "俄罗斯"}}}
CHINA = {"country": {"names": {"en": "China", "ru": "Китай", "zh-CN": "中国"}}}


@pytest.fixture(autouse=True)
def file(tmp_path, settings):
    settings.PLACES_FILE = str(mmdb_file.write(tmp_path / "city.mmdb", {
        "203.0.113.0/24": KAZAN, "198.51.100.0/24": CHINA, "192.0.2.0/24": {"city": "?"}, "10.0.0.0/8": KAZAN}))
    places._opened.cache_clear()
    yield settings
    places._opened.cache_clear()


@pytest.mark.parametrize(("language", "kazan", "china"), [
    ("en", "Kazan, Russia", "China"), ("ru", "Казань, Россия", "Китай"), ("zh-hans", "喀山, 俄罗斯", "中国")])
def test_places_are_named_in_the_readers_language(language, kazan, china):
    with translation.override(language):
        assert places.place_of("203.0.113.9") == kazan
        assert places.place_of("198.51.100.1") == china


@pytest.mark.parametrize("address", ["", "8.8.8.8", "10.1.2.3", "127.0.0.1", "192.0.2.5", "nonsense"])
def test_unknown_local_and_odd_addresses_have_no_place(address):
    assert places.place_of(address) == ""


def test_without_a_file_and_with_a_bad_one_nobody_is_told_a_place(file, tmp_path):
    file.PLACES_FILE = ""
    assert places.place_of("203.0.113.9") == ""
    (tmp_path / "bad.mmdb").write_bytes(b"nothing of the kind")
    file.PLACES_FILE = str(tmp_path / "bad.mmdb")
    assert places.place_of("203.0.113.9") == ""


def test_a_path_without_a_file_stops_the_start(monkeypatch, tmp_path):
    monkeypatch.setenv("PLACES_FILE", str(tmp_path / "missing.mmdb"))
    with pytest.raises(env.BadSetting, match="PLACES_FILE"):
        env.file("PLACES_FILE")


def test_sessions_history_and_the_mail_about_a_new_device_name_the_place(anna, password, now):
    first, second = Client(), Client()
    first.post("/accounts/login/", {"login": anna.email, "password": password}, REMOTE_ADDR="198.51.100.1")
    second.post("/accounts/login/", {"login": anna.email, "password": password}, REMOTE_ADDR="203.0.113.9")
    worker.run_until_idle()

    page = second.get("/accounts/sessions/", REMOTE_ADDR="203.0.113.9").content.decode()
    assert "Kazan, Russia · network 203.0.113.•" in page
    assert "China · network 198.51.100.•" in page
    assert "Kazan, Russia · 203.0.113.9" in second.get("/account/history/", REMOTE_ADDR="203.0.113.9").content.decode()
    assert SecurityEvent.objects.filter(kind="sign_in.new_device").count() == 1
    assert "203.0.113.9 · Kazan, Russia" in Message.objects.filter(to=anna.email).latest("pk").text
