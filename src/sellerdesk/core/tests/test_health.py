import pytest


def test_healthz_answers_without_touching_the_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")
    assert len(answer["X-Request-Id"]) == 32


@pytest.mark.django_db
def test_readyz_says_what_is_in_order(client, django_db_blocker):
    from django.core.management import call_command

    call_command("createcachetable")

    assert client.get("/readyz").json() == {"database": "ok", "migrations": "ok", "cache": "ok"}


def test_a_callers_request_id_is_kept_and_a_strange_one_replaced(client):
    assert client.get("/healthz", headers={"X-Request-Id": "abc-12345678"})["X-Request-Id"] == "abc-12345678"
    assert client.get("/healthz", headers={"X-Request-Id": "<script>"})["X-Request-Id"] != "<script>"
