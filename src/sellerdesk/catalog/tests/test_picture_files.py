"""Pictures by file name: a hundred files with ten bad ones, seen before they are saved, and undone with one act."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from sellerdesk.catalog import matching, queries
from sellerdesk.catalog.errors import FileRefused, PictureRefused, UploadMoved, UploadUnknown
from sellerdesk.catalog.models_pictures import PictureFile, PictureUpload
from sellerdesk.catalog.services import archives, picturefiles, pictures, products, undoing
from sellerdesk.catalog.types import ImageInput
from sellerdesk.core import storage

pytestmark = pytest.mark.django_db


def photo_of(number: int, side: int = 240) -> bytes:
    """A picture like no other: its colour is its number."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), (number * 2 % 256, 90, number * 7 % 256)).save(out, "PNG")
    return out.getvalue()


def packed(files: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as made:
        for name, data in files.items():
            made.writestr(name, data)
    out.seek(0)
    return out


@pytest.fixture
def shelf(shop, depot, draft, actor, now) -> Callable[[int], list[int]]:
    """So many products MUG-001, MUG-002, …, each with one picture of its own."""
    def make(count: int) -> list[int]:
        old = pictures.store(seller=shop, data=photo_of(200), now=now)
        rows = products.apply_drafts(seller=shop, actor=actor, now=now, drafts=[
            draft(f"MUG-{number:03}", barcodes=(f"46070000{number:05}",), images=(ImageInput(key=old.key, alt="Old"),))
            for number in range(1, count + 1)])
        return [row.product_id for row in rows]

    return make


@pytest.fixture
def send(shop, actor, now) -> Callable[..., int]:
    def make(files: dict[str, bytes] | io.BytesIO) -> int:
        handle = files if isinstance(files, io.BytesIO) else packed(files)
        upload_id = picturefiles.upload(seller=shop, files=[("photos.zip", handle)], actor=actor, now=now)
        picturefiles.read(upload_id=upload_id, now=now)
        return upload_id

    return make


def hundred(skus: list[int]) -> dict[str, bytes]:
    """Ninety sound pictures of thirty products, called after offer id, SKU and barcode; and ten bad files."""
    sound: dict[str, bytes] = {}
    for number in range(1, 31):
        sound[f"shoot/MUG-{number:03}.png"] = photo_of(number)
        sound[f"shoot/mug-{number:03}_2.png"] = photo_of(number + 30)
        sound[f"{skus[number - 1]}-3.png" if number % 2 else f"46070000{number:05} (3).png"] = photo_of(number + 60)
    return sound | {
        "MUG-001_4.png": photo_of(1)[:60], "MUG-002_4.jpg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "MUG-003_4.png": photo_of(3, 90), "MUG-004_4.zip": packed({"a.png": photo_of(4)}).getvalue(),
        "MUG-005_4.jpg": b"", "MUG-006_4.gif": b"MZ program", "MUG-O07.png": photo_of(95), "readme.png": photo_of(96),
        "../../etc/CUP-001.png": photo_of(97), "MUG_031.png": photo_of(98)}


def test_a_hundred_files_with_ten_bad_ones_are_seen_saved_and_undone(shop, shelf, send, actor, now):
    ids = shelf(30)
    before = [card.images for card in queries.cards(shop, ids)]
    files = hundred([ref.sku for ref in queries.refs(shop, product_ids=ids)])
    assert len(files) == 100

    upload_id = send(files)

    dry = queries.pictures.upload(shop, upload_id)
    assert (dry.state, dry.total, dry.counts) == ("ready", 100, {"matched": 90, "unmatched": 4, "refused": 6})
    wrong = {file.name: (file.why.code if file.why else "", list(file.closest)) for file in queries.pictures.files(
        shop, upload_id, states=("unmatched", "refused"))}
    assert {name: code for name, (code, _near) in wrong.items()} == {
        "MUG-001_4.png": "picture_broken", "MUG-002_4.jpg": "picture_unreadable", "MUG-003_4.png": "picture_too_small",
        "MUG-004_4.zip": "picture_is_archive", "MUG-005_4.jpg": "picture_unreadable",
        "MUG-006_4.gif": "picture_unreadable", "MUG-O07.png": "", "readme.png": "", "CUP-001.png": "",
        "MUG_031.png": ""}
    assert wrong["MUG-O07.png"][1][0] == "MUG-007"
    assert wrong["readme.png"][1] == []
    plan = queries.pictures.foreseen(shop, upload_id)
    assert [(one.offer_id, len(one.has), len(one.going), [file.position for file in one.files]) for one in plan[:2]] == [
        ("MUG-001", 1, 1, [0, 2, 3]), ("MUG-002", 1, 1, [0, 2, 3])]
    assert [card.images for card in queries.cards(shop, ids)] == before
    row = PictureUpload.objects.get(pk=upload_id)
    assert not storage.default_storage.exists(row.file_key)

    picturefiles.confirm(seller=shop, upload_id=upload_id, mode="replace", actor=actor, now=now)
    picturefiles.apply(upload_id=upload_id, now=now)
    picturefiles.apply(upload_id=upload_id, now=now)

    done = queries.pictures.upload(shop, upload_id)
    assert (done.state, done.counts) == ("done", {"saved": 90, "unmatched": 4, "refused": 6})
    after = queries.cards(shop, ids)
    assert [len(card.images) for card in after] == [3] * 30
    assert [image.key for image in after[0].images] == [file.key for file in plan[0].files]
    batch = queries.changes.batch(shop, done.batch_id)
    assert (batch.source, batch.title, batch.changed) == ("images", "photos.zip", 30)

    undoing.undo(seller=shop, batch_id=done.batch_id, actor=actor, now=now)

    assert [card.images for card in queries.cards(shop, ids)] == before


def test_adding_keeps_what_a_card_has_and_leaves_full_cards_alone(shop, shelf, send, draft, actor, now):
    ids = shelf(2)
    many = pictures.store_many(seller=shop, pictures=[photo_of(number) for number in range(40, 69)], now=now)
    products.apply_drafts(seller=shop, actor=actor, now=now, drafts=[
        draft("MUG-002", images=tuple(ImageInput(key=one.key) for one in many))])
    upload_id = send({"MUG-001.png": photo_of(1), "MUG-002.png": photo_of(2), "MUG-002_2.png": photo_of(3)})

    picturefiles.confirm(seller=shop, upload_id=upload_id, mode="add", actor=actor, now=now)
    picturefiles.apply(upload_id=upload_id, now=now)

    first, second = queries.cards(shop, ids)
    assert ([image.alt for image in first.images], len(second.images)) == (["Old", ""], 29)
    left = queries.pictures.files(shop, upload_id, states=("left",))
    assert [(file.name, file.why.code) for file in left] == [("MUG-002.png", "too_many_images"),
                                                             ("MUG-002_2.png", "too_many_images")]


def test_a_killed_reader_and_a_killed_saver_go_on_where_they_stopped(shop, shelf, actor, now, monkeypatch):
    ids = shelf(3)
    files = {f"MUG-00{number}.png": photo_of(number) for number in (1, 2, 3)}
    upload_id = picturefiles.upload(seller=shop, files=[("a.zip", packed(files))], actor=actor, now=now)
    monkeypatch.setattr(picturefiles, "_PRODUCTS_A_STEP", 1)
    keep, put = picturefiles._keep, picturefiles._put

    def dies(step: Callable[..., Any], after: int) -> Callable[..., Any]:
        calls: list[int] = []

        def work(*args: Any) -> Any:
            calls.append(1)
            if len(calls) > after:
                raise KeyboardInterrupt
            return step(*args)

        return work

    monkeypatch.setattr(picturefiles, "_keep", dies(keep, 2))
    with pytest.raises(KeyboardInterrupt):
        picturefiles.read(upload_id=upload_id, now=now)
    monkeypatch.setattr(picturefiles, "_keep", keep)
    picturefiles.read(upload_id=upload_id, now=now)
    assert PictureFile.objects.filter(upload_id=upload_id, state="matched").count() == 3
    picturefiles.confirm(seller=shop, upload_id=upload_id, mode="replace", actor=actor, now=now)
    monkeypatch.setattr(picturefiles, "_put", dies(put, 1))
    with pytest.raises(KeyboardInterrupt):
        picturefiles.apply(upload_id=upload_id, now=now)
    monkeypatch.setattr(picturefiles, "_put", put)
    picturefiles.apply(upload_id=upload_id, now=now)

    done = queries.pictures.upload(shop, upload_id)
    assert (done.state, done.counts) == ("done", {"saved": 3})
    assert [card.version for card in queries.cards(shop, ids)] == [2, 2, 2]
    assert queries.changes.batch(shop, done.batch_id).changed == 3


def test_loose_pictures_go_the_same_way(shop, shelf, actor, now):
    shelf(2)
    loose = [("MUG-001.png", io.BytesIO(photo_of(1))), ("MUG-001.png", io.BytesIO(photo_of(2))),
             ("MUG-002.png", io.BytesIO(photo_of(3)))]

    upload_id = picturefiles.upload(seller=shop, files=loose, actor=actor, now=now)
    picturefiles.read(upload_id=upload_id, now=now)

    assert [len(one.files) for one in queries.pictures.foreseen(shop, upload_id)] == [2, 1]


def test_what_is_no_archive_or_too_much_is_refused_at_the_door(shop, actor, now, monkeypatch):
    def refused(*files: tuple[str, io.BytesIO]) -> str:
        with pytest.raises(FileRefused) as refusal:
            picturefiles.upload(seller=shop, files=files, actor=actor, now=now)
        return refusal.value.code

    assert refused() == "file_missing"
    assert refused(("a.zip", io.BytesIO(b"PK\x03\x04 cut off"))) == "archive_broken"
    assert refused(*[(f"{number}.png", io.BytesIO(b"x")) for number in range(101)]) == "too_many_files"
    assert refused(("a.zip", packed({f"{number}": b"" for number in range(1001)}))) == "too_many_files"
    monkeypatch.setattr(archives, "MAX_BYTES", 1000)
    assert refused(("a.zip", packed({"a.png": bytes(range(256)) * 8}, zipfile.ZIP_STORED))) == "archive_too_large"
    assert refused(("a.png", io.BytesIO(b"a" * 900)), ("b.png", io.BytesIO(b"b" * 900))) == "archive_too_large"
    assert PictureUpload.objects.count() == 0


def test_bytes_are_counted_as_they_come_out_whatever_the_archive_says(shop, shelf, send, now, monkeypatch):
    shelf(1)
    bomb = packed({"MUG-001.png": b"\0" * (12 * 1024 * 1024), "MUG-001_2.png": photo_of(1)})
    lying = bomb.getvalue().replace((12 * 1024 * 1024).to_bytes(4, "little"), (500).to_bytes(4, "little"))

    files = queries.pictures.files(shop, send(bomb))
    liars = queries.pictures.files(shop, send(io.BytesIO(lying)))

    assert [(file.state, file.why.code if file.why else "") for file in files] == [
        ("refused", "picture_too_large"), ("matched", "")]
    assert liars[0].state == "refused"
    monkeypatch.setattr(archives, "_FREE", 1024 * 1024)
    failed = queries.pictures.upload(shop, send(packed({f"{n}.png": b"\0" * (3 * 1024 * 1024) for n in range(3)})))
    assert (failed.state, failed.problem.code if failed.problem else "") == ("failed", "archive_suspicious")


def test_locked_and_oddly_packed_files_are_refused_alone(now):
    locked = bytearray(packed({"a.png": photo_of(1)}).getvalue())
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    odd = packed({"a.png": photo_of(1)}, zipfile.ZIP_LZMA)

    for handle, code in ((io.BytesIO(bytes(locked)), "picture_locked"), (odd, "picture_packed")):
        archive = archives.Archive(handle, 10)
        with pytest.raises(PictureRefused) as refused:
            archive.read(archive.members()[0])
        assert refused.value.code == code


@pytest.mark.parametrize(("path", "name"), [
    ("../../etc/passwd.png", "passwd.png"), ("C:\\shoot\\a.jpg", "a.jpg"), ("/srv/a\x00b.jpg", "ab.jpg"),
    ("photo\u202egpj.exe", "photogpj.exe"), ("x" * 300 + ".png", "x" * 196 + ".png"), ("folder/", "folder")])
def test_names_are_made_harmless_and_never_used_as_paths(path, name):
    assert matching.base_name(path) == name


def test_names_are_read_as_a_whole_before_their_number():
    known = matching.Known({"A_1": 1, "A": 2}, {"820": 3}, {"4607": 4})

    found = {name: matching.match(name, known) for name in (
        "A_1.jpg", "A.jpg", "A_2.jpg", "A (12).JPG", "A-7.png", "820-1.png", "4607_3.webp", "B_1.jpg", ".png")}

    assert {name: (one.product_id, one.by, one.position) if one else None for name, one in found.items()} == {
        "A_1.jpg": (1, "offer_id", 0), "A.jpg": (2, "offer_id", 0), "A_2.jpg": (2, "offer_id", 2),
        "A (12).JPG": (2, "offer_id", 12), "A-7.png": (2, "offer_id", 7), "820-1.png": (3, "sku", 1),
        "4607_3.webp": (4, "barcode", 3), "B_1.jpg": None, ".png": None}


def test_an_upload_is_answered_once_and_by_its_own_shop(shop, rival_shop, shelf, send, actor, now):
    shelf(1)
    upload_id = send({"MUG-001.png": photo_of(1)})

    for act in (lambda: picturefiles.stop(seller=rival_shop, upload_id=upload_id, now=now),
                lambda: picturefiles.confirm(seller=rival_shop, upload_id=upload_id, mode="add", actor=actor, now=now)):
        with pytest.raises(UploadUnknown):
            act()
    picturefiles.stop(seller=shop, upload_id=upload_id, now=now)
    with pytest.raises(UploadMoved):
        picturefiles.confirm(seller=shop, upload_id=upload_id, mode="replace", actor=actor, now=now)

    assert queries.pictures.upload(shop, upload_id).state == "stopped"


def test_the_pages_ask_as_many_queries_for_ten_products_as_for_thirty(
        anna_client, shop, shelf, send, django_assert_num_queries, django_assert_max_num_queries):
    shelf(30)
    ten = send({f"MUG-{number:03}.png": photo_of(number) for number in range(1, 11)})
    thirty = send({f"MUG-{number:03}.png": photo_of(number) for number in range(1, 31)})
    anna_client.get(reverse("catalog:picture_upload", args=[ten]))

    with django_assert_max_num_queries(40) as counted:
        anna_client.get(reverse("catalog:picture_upload", args=[ten]))
    with django_assert_num_queries(len(counted)):
        anna_client.get(reverse("catalog:picture_upload", args=[thirty]))


def test_from_the_page_to_the_list_of_files_left_out(anna_client, shop, shelf, now):
    [product_id] = shelf(1)
    answer = anna_client.post(reverse("catalog:picture_uploads"), {"files": [
        SimpleUploadedFile("photos.zip", packed({"MUG-001.png": photo_of(1), "=MUG-O01.png": photo_of(2)}).getvalue())]})
    upload_id = PictureUpload.objects.get().pk
    here = reverse("catalog:picture_upload", args=[upload_id])
    running = anna_client.get(here).content.decode()
    picturefiles.read(upload_id=upload_id, now=now)
    dry = anna_client.get(here).content.decode()
    said = anna_client.post(reverse("catalog:picture_steer", args=[upload_id]), {"act": "replace"})
    late = anna_client.post(reverse("catalog:picture_steer", args=[upload_id]), {"act": "stop"})
    picturefiles.apply(upload_id=upload_id, now=now)
    done = anna_client.get(here).content.decode()
    listed = anna_client.get(reverse("catalog:picture_left_out", args=[upload_id]))

    assert answer.headers["Location"] == said.headers["Location"] == here
    assert 'data-poll="' in running
    assert "1 picture disappears from the cards" in dry
    assert (late.status_code, "no longer waits for an answer" in late.content.decode()) == (409, True)
    assert "1 picture of 2 is on its card." in done
    assert listed.content.decode() == (
        "\ufeffFile,Why,Closest offer IDs\r\n'=MUG-O01.png,\"No product has this offer ID, SKU or barcode.\",MUG-001\r\n")
    assert len(queries.product(shop, product_id).images) == 1
    broken = anna_client.post(reverse("catalog:picture_uploads"), {"files": [SimpleUploadedFile("a.zip", b"PK no")]})
    assert (broken.status_code, "This is no ZIP archive" in broken.content.decode()) == (422, True)
