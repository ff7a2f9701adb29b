"""A value that cannot be read stops the start with a message that names it."""

import pytest

from sellerdesk.config import env


@pytest.mark.parametrize(("reader", "value", "words"), [
    (lambda: env.database("X", ""), "mysql://x/y", "unknown kind 'mysql'"),
    (lambda: env.database("X", ""), "postgres://host", "names no database"),
    (lambda: env.cache("X", ""), "memcached://x", "unknown kind"),
    (lambda: env.storage("X", ""), "s3://key:secret@host/", "names no bucket"),
    (lambda: env.email("X", ""), "smtp+tls://", "names no host"),
    (lambda: env.flag("X", False), "maybe", "expected true or false"),
    (lambda: env.number("X", 1, 0, 5), "six", "expected a whole number"),
    (lambda: env.number("X", 1, 0, 5), "6", "expected 0 to 5"),
])
def test_an_unreadable_value_stops_the_start(monkeypatch, reader, value, words):
    monkeypatch.setenv("X", value)

    with pytest.raises(env.BadSetting) as stopped:
        reader()

    assert "setting X" in str(stopped.value)
    assert words in str(stopped.value)


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    path = tmp_path / "secret"
    path.write_text("a-long-secret-from-a-mounted-file-0123456789\n")
    monkeypatch.setenv("X_FILE", str(path))

    assert env.secret("X", tmp_path, required=True) == "a-long-secret-from-a-mounted-file-0123456789"


def test_a_weak_or_missing_secret_is_refused(monkeypatch, tmp_path):
    monkeypatch.delenv("X", raising=False)
    with pytest.raises(env.BadSetting):
        env.secret("X", tmp_path, required=True)
    monkeypatch.setenv("X", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
    with pytest.raises(env.BadSetting):
        env.secret("X", tmp_path, required=True)


def test_database_addresses_are_understood():
    assert env._address("X", "sqlite:////var/x.db", {"sqlite": env._sqlite})["NAME"] == "/var/x.db"
    found = env.database("NOT_SET", "postgres://anna:p%40ss@db:5433/shop")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "anna", "p@ss", "db", "5433", "shop")
