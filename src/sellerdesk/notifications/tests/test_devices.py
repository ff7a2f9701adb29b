"""Notes in browsers: taken on with care, sealed for one browser, sent until taken, forgotten when it is gone."""

from __future__ import annotations

import json
import os
from datetime import time, timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sellerdesk.core import clock, tally, webpush
from sellerdesk.core.errors import DomainError
from sellerdesk.notifications import queries, rules, services
from sellerdesk.notifications.models import Device, Note, Ring, SenderKey
from sellerdesk.notifications.services import ringing
from sellerdesk.notifications.services.devices import sender, sender_key
from sellerdesk.notifications.tests.test_notes import choose
from sellerdesk.notifications.tests.test_notes import tell as tell

pytestmark = pytest.mark.django_db


def _derived(secret, salt, info, length):
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


class Browser:
    """The other end: has keys of its own and opens what is sealed for it."""

    def __init__(self, receiver):
        self.receiver = receiver
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)
        self.public = self.key.public_key().public_numbers()
        self.point = b"\x04" + self.public.x.to_bytes(32, "big") + self.public.y.to_bytes(32, "big")

    def subscribe(self, user_id, now, **changed):
        return services.add_device(**{
            "user_id": user_id, "url": f"http://127.0.0.1:{self.receiver.port}/send/{id(self)}", "label": "Firefox, Linux",
            "receiver": webpush.to_text(self.point), "auth": webpush.to_text(self.auth), "real_now": now, **changed})

    def opened(self, body):
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        point, sealed = body[21:21 + length], body[21 + length:]
        assert size == 4096
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
        common = _derived(shared, self.auth, b"WebPush: info\x00" + self.point + point, 32)
        plain = AESGCM(_derived(common, salt, b"Content-Encoding: aes128gcm\x00", 16)).decrypt(
            _derived(common, salt, b"Content-Encoding: nonce\x00", 12), sealed, None)
        assert plain[-1:] == b"\x02"
        return json.loads(plain[:-1])


def claims_of(header, origin):
    """What the sender says of itself, once its signature is checked with the key beside it."""
    token, key = header.removeprefix("vapid t=").split(", k=")
    head, claims, mark = token.split(".")
    raw = webpush.to_bytes(mark)
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), webpush.to_bytes(key)).verify(
        encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")),
        f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    found = json.loads(webpush.to_bytes(claims))
    assert found["aud"] == origin
    return found, key


@pytest.fixture
def service(receiver, settings):
    receiver.always = (201, b"", 0.0)
    settings.WEB_PUSH_SERVICES = [f"http://127.0.0.1:{receiver.port}"]
    return receiver


@pytest.fixture
def her_browser(service):
    return Browser(service)


def test_a_note_reaches_the_browser_sealed_and_signed_in_its_persons_language(stall, anna, her_browser, service, tell):
    anna.language = "ru"
    anna.save()
    her_browser.subscribe(anna.pk, stall.now)
    stall.place(stall.request(), stall.request())
    tell(stall.now)

    assert services.ringing.run_due(real_now=stall.now) == 1
    [got] = service.got
    said = her_browser.opened(got.body)
    assert said["title"] == stall.seller.name
    assert (said["body"], said["lang"]) == ("2 новых заказа", "ru")
    assert said["url"].startswith("/")
    assert (got.headers["content-encoding"], got.headers["ttl"], got.headers["urgency"]) == ("aes128gcm", "43200", "high")
    assert len(got.headers["topic"]) == 32
    found, key = claims_of(got.headers["authorization"], f"http://127.0.0.1:{service.port}")
    assert key == sender(stall.now)
    assert timedelta(0) < timedelta(seconds=found["exp"] - stall.now.timestamp()) <= timedelta(hours=24)
    [device] = queries.devices(anna.pk, sender(stall.now))
    assert device.last_ok_at == stall.now
    assert services.ringing.run_due(real_now=stall.now) == 0


def test_the_key_is_made_once_kept_encrypted_and_given_way_to_the_settings(stall, anna, her_browser, service, settings, tell):
    private = sender_key(stall.now)
    assert sender_key(stall.now) == private
    assert private not in SenderKey.objects.get().private
    her_browser.subscribe(anna.pk, stall.now)
    assert str(her_browser.receiver.port) not in Device.objects.get().secret
    settings.WEB_PUSH_KEY = webpush.make_key()
    stall.place()
    tell(stall.now)
    services.ringing.run_due(real_now=stall.now)

    assert service.got == []
    [device] = queries.devices(anna.pk, sender(stall.now))
    assert (device.usable, device.code) == (False, "key_changed")


def test_trouble_is_tried_again_by_the_timetable_and_given_up_at_its_end(stall, anna, her_browser, service, tell):
    her_browser.subscribe(anna.pk, stall.now)
    stall.place()
    tell(stall.now)
    service.always = (503, b"", 0.0)
    at = stall.now
    tries = 0
    for _ in range(10):
        tries += services.ringing.run_due(real_now=at)
        row = Ring.objects.get()
        if row.state != "waiting":
            break
        at = row.next_at
    assert (tries, row.state, row.status) == (6, "dropped", 503)
    assert [rules.ring_pause([10], 1, 0.0, "120"), rules.ring_pause([10], 1, 0.0, "soon"), rules.ring_pause([10], 2, 0.0, "")] == [
        timedelta(seconds=120), timedelta(seconds=10), None]
    [device] = queries.devices(anna.pk, sender(stall.now))
    assert (device.code, device.waiting) == ("503", 0)


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_has_unsubscribed_is_forgotten(stall, anna, her_browser, service, tell, status):
    her_browser.subscribe(anna.pk, stall.now)
    stall.place()
    tell(stall.now)
    service.always = (status, b"", 0.0)
    services.ringing.run_due(real_now=stall.now)

    assert not Device.objects.exists()
    assert not Ring.objects.exists()
    assert tally.ask([queries.unread_count(stall.seller, anna.pk)]) == [1]


def test_a_refusal_is_not_tried_again(stall, anna, her_browser, service, tell):
    her_browser.subscribe(anna.pk, stall.now)
    stall.place()
    tell(stall.now)
    service.always = (403, b"", 0.0)
    services.ringing.run_due(real_now=stall.now)

    assert Ring.objects.get().state == "dropped"


def test_a_sender_that_dies_sends_again_and_the_browser_shows_it_once(stall, anna, her_browser, service, tell):
    her_browser.subscribe(anna.pk, stall.now)
    stall.place()
    tell(stall.now)
    ringing.spread(real_now=stall.now)
    [letter] = ringing.claim(limit=5, real_now=stall.now)
    with ringing.client() as calls:
        ringing.send(calls, letter)

    assert ringing.claim(limit=5, real_now=stall.now) == []
    later = stall.now + ringing.LEASE
    assert services.ringing.run_due(real_now=later) == 1
    assert len({her_browser.opened(got.body)["tag"] for got in service.got}) == 1
    assert len(service.got) == 2


def test_quiet_hours_hold_notes_back_and_reading_takes_them_away(stall, anna, her_browser, service, tell):
    her_browser.subscribe(anna.pk, stall.now)
    anna.time_zone = "UTC"
    anna.save()
    quiet = stall.now.replace(hour=23, minute=0, second=0, microsecond=0)
    choose(stall.seller, anna.pk, stall.now, quiet_from=time(22), quiet_to=time(7))
    stall.place()
    tell(stall.now, quiet)

    assert services.ringing.run_due(real_now=quiet) == 0
    assert Note.objects.get(user_id=anna.pk).ring_at == quiet + timedelta(hours=8)
    services.mark_read(seller=stall.seller, user_id=anna.pk, note_id=None, real_now=quiet)
    assert services.ringing.run_due(real_now=quiet + timedelta(hours=9)) == 0


def test_a_crowd_rings_once_in_five_minutes(stall, anna, her_browser, service, tell):
    her_browser.subscribe(anna.pk, stall.now)
    for minute in range(4):
        stall.place()
        tell(stall.now, stall.now + timedelta(minutes=minute))
        services.ringing.run_due(real_now=stall.now + timedelta(minutes=minute))
    assert len(service.got) == 1
    services.ringing.run_due(real_now=stall.now + timedelta(minutes=5))

    assert her_browser.opened(service.got[-1].body)["body"] == "4 new orders"
    assert len({got.headers["topic"] for got in service.got}) == 1


def test_whoever_unticked_the_channel_hears_nothing(stall, anna, her_browser, service, tell):
    her_browser.subscribe(anna.pk, stall.now)
    choose(stall.seller, anna.pk, stall.now, channels={"orders": ["app"]})
    stall.place()
    tell(stall.now)

    assert services.ringing.run_due(real_now=stall.now) == 0
    assert tally.ask([queries.unread_count(stall.seller, anna.pk)]) == [1]


@pytest.mark.parametrize("url", [
    "http://fcm.googleapis.com/send/1", "https://example.org/send", "https://fcm.googleapis.com.example.org/1",
    "https://fcm.googleapis.com:8443/1", "https://user@fcm.googleapis.com/1", "http://127.0.0.1:9/1", "https://[::1]/1",
    "https://fcm.googleapis.com/" + "x" * 1000, "", "nonsense"])
def test_only_push_services_are_written_to(anna, stall, url, service):
    with pytest.raises(DomainError):
        Browser(service).subscribe(anna.pk, stall.now, url=url)
    assert not Device.objects.exists()


@pytest.mark.parametrize("url", [
    "https://fcm.googleapis.com/fcm/send/x", "https://updates.push.services.mozilla.com/wpush/v2/x",
    "https://wns2-by3p.notify.windows.com/w/?token=x", "https://web.push.apple.com/x"])
def test_the_services_of_usual_browsers_are_known(url):
    assert rules.ring_address(url, [])


def test_a_name_of_a_service_that_leads_inside_is_not_called(anna, stall, service, settings):
    device_id = Browser(service).subscribe(anna.pk, stall.now)
    settings.PUSH_NETWORKS = []
    services.try_device(seller=stall.seller, user_id=anna.pk, device_id=device_id, real_now=stall.now)
    services.ringing.run_due(real_now=stall.now)

    assert service.got == []
    assert Ring.objects.get().code in ("fetch_port", "fetch_private")


def test_keys_that_are_none_and_too_many_browsers_are_refused(anna, stall, service):
    with pytest.raises(DomainError) as refused:
        Browser(service).subscribe(anna.pk, stall.now, receiver="AAAA")
    assert refused.value.fields[0].code == "device_keys"
    for _ in range(10):
        Browser(service).subscribe(anna.pk, stall.now, url=f"http://127.0.0.1:{service.port}/{_}")
    with pytest.raises(DomainError) as refused:
        Browser(service).subscribe(anna.pk, stall.now, url=f"http://127.0.0.1:{service.port}/more")
    assert refused.value.code == "devices_limit"


def test_the_page_takes_on_tries_out_and_takes_off(stall, anna, anna_client, boris, her_browser, service):
    assert anna_client.get("/notes/settings/").status_code == 200
    assert not SenderKey.objects.exists()  # looking makes nothing
    assert anna_client.get("/notes/devices/key").status_code == 405
    given = anna_client.post("/notes/devices/key").json()
    assert given == anna_client.post("/notes/devices/key").json() == {"key": sender(clock.real_now())}
    sent = {"endpoint": f"http://127.0.0.1:{service.port}/send/7", "p256dh": webpush.to_text(her_browser.point),
            "auth": webpush.to_text(her_browser.auth)}
    assert anna_client.post("/notes/devices/add", {**sent, "auth": "x"}).json()["message"]
    assert anna_client.post("/notes/devices/add", sent, headers={"user-agent": "Firefox/140 Linux"}).json() == {"result": True}
    row = Device.objects.get()
    assert (row.user_id, row.label) == (anna.pk, "Firefox, Linux")
    anna_client.post("/notes/devices/test", {"device": row.pk})
    services.ringing.run_due(real_now=clock.real_now())
    assert her_browser.opened(service.got[0].body)["tag"] == "test"
    other = Browser(service).subscribe(boris.pk, stall.now)
    for foreign in (other, 987654321, "x"):
        assert anna_client.post("/notes/devices/remove", {"device": foreign}).status_code == 404
    anna_client.post("/notes/devices/remove", {"device": row.pk})
    assert list(Device.objects.values_list("user_id", flat=True)) == [boris.pk]


def test_the_worker_of_notes_is_a_script_of_its_own(client):
    answer = client.get("/notes/worker.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert b"showNotification" in answer.content
    assert b'"fetch"' not in answer.content
