"""Pictures by file name: read in the background, matched to products, shown as a dry run, then put on the cards.

Each step writes its rows together with what it did, so a killed worker's successor goes on where it stopped. The
archive is deleted once its pictures are made. What the cards get goes through the same engine as everything else, in
one batch of the journal, which is how it is undone.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from sellerdesk.catalog import events, matching, picture_states, queries, stored
from sellerdesk.catalog.errors import FileRefused, PictureRefused, UploadMoved
from sellerdesk.catalog.models_pictures import PictureFile, PictureUpload
from sellerdesk.catalog.picture_types import FileInfo, in_order
from sellerdesk.catalog.services import archives, changes, pictures
from sellerdesk.catalog.services.applying import Wish, apply_wishes
from sellerdesk.catalog.types import ImageInput, ItemOutcome, StoredPicture
from sellerdesk.core import activity, clock, jobs, storage
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, json_param, json_rows
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

MODES = ("replace", "add")
_PRODUCTS_A_STEP = 50
_BYTES_A_STEP = 24 * 1024 * 1024
_IN_MEMORY = 2 * 1024 * 1024


# --- putting in -------------------------------------------------------------------------------------------------


def limits(now: datetime) -> Mapping[str, int]:
    """How many files fit into one upload: `loose` ones, and `members` of an archive."""
    return dict(dated.get("catalog.picture_files", "", now).value)


def upload(*, seller: SellerRef, files: Sequence[tuple[str, IO[bytes]]], actor: Actor, now: datetime) -> int:
    """Take in an archive, or loose pictures with their names; returns the upload's id. Raises FileRefused."""
    bounds = limits(now)
    if not files:
        raise FileRefused("file_missing", _("Choose the pictures, or a ZIP archive of them."), field="files")
    if len(files) > bounds["loose"]:
        raise FileRefused("too_many_files", _("At most %(limit)s pictures fit into one upload. Pack more of them into "
                                              "a ZIP archive."), field="files", data={"limit": bounds["loose"]})
    first_name, first = files[0]
    packed = len(files) == 1 and _begins_with(first, b"PK")
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as together:
        handle: IO[bytes] = first if packed else together
        if not packed:
            _pack(together, files)
        archives.Archive(handle, bounds["members"])
        key, _digest = storage.save_file(f"incoming/{seller.id}", handle, "zip")
    with atomic():
        made = PictureUpload.objects.create(
            seller_id=seller.id, file_key=key, actor=asdict(actor), created_at=now,
            file_name=(matching.base_name(first_name) if len(files) == 1 else "")[:255])
        return _queue(made.pk, seller.id, read_files)


def _begins_with(handle: IO[bytes], mark: bytes) -> bool:
    handle.seek(0)
    begins = handle.read(len(mark)) == mark
    handle.seek(0)
    return begins


def _pack(into: IO[bytes], files: Sequence[tuple[str, IO[bytes]]]) -> None:
    """Loose files as one archive, so that there is one way of reading."""
    size = 0
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as made:
        for number, (name, handle) in enumerate(files):
            handle.seek(0)
            with made.open(f"{number}/{matching.base_name(name) or number}", "w") as member:
                while piece := handle.read(1 << 20):
                    size += len(piece)
                    if size > archives.MAX_BYTES:
                        raise FileRefused("archive_too_large", _(
                            "The files are larger than %(limit)s MB together. Send them in parts."), field="files",
                            data={"limit": archives.MAX_BYTES // (1024 * 1024)})
                    member.write(piece)


def _queue(upload_id: int, seller_id: int, what: Any) -> int:
    job_id = jobs.enqueue(what, upload_id, seller_id=seller_id, unique_key=f"catalog.pictures:{upload_id}:{what.name}")
    PictureUpload.objects.filter(pk=upload_id).update(job_id=job_id)
    return upload_id


def _move(upload_id: int, act: str, **fields: Any) -> bool:
    sources, target = picture_states.MOVES[act]
    return bool(PictureUpload.objects.filter(pk=upload_id, state__in=sources).update(state=target, **fields))


def confirm(*, seller: SellerRef, upload_id: int, mode: str, actor: Actor, now: datetime) -> None:
    """Let the dry run come true: pictures `replace` those of each product, or are put behind (`add`).

    Raises UploadUnknown, and UploadMoved when it is no longer waiting for an answer.
    """
    queries.pictures.upload(seller, upload_id)
    with atomic():
        if mode not in MODES or not _move(upload_id, "apply", mode=mode, actor=asdict(actor)):
            raise UploadMoved()
        _queue(upload_id, seller.id, apply_files)


def stop(*, seller: SellerRef, upload_id: int, now: datetime) -> None:
    """Leave the cards as they are. Raises UploadUnknown, UploadMoved."""
    queries.pictures.upload(seller, upload_id)
    if not _move(upload_id, "stop", finished_at=now):
        raise UploadMoved()


# --- reading ----------------------------------------------------------------------------------------------------


# A task lives beside the service that puts it in: tasks.py would be above it.
@task(queue_name="slow")
def read_files(upload_id: int) -> None:
    """Make the pictures of an upload and match their names. May run twice: files that are read stay read."""
    read(upload_id=upload_id, now=clock.now())


def read(*, upload_id: int, now: datetime) -> None:
    if not _move(upload_id, "read"):
        return
    row = PictureUpload.objects.get(pk=upload_id)
    seller = sellers.seller_ref(row.seller_id)
    try:
        with storage.open_file(row.file_key) as handle:
            archive = archives.Archive(handle, limits(now)["members"])
            members = archive.members()
            if not members:
                raise FileRefused("archive_empty", _("There are no files in the archive."), field="files")
            PictureUpload.objects.filter(pk=upload_id).update(total=len(members))
            read_before = set(PictureFile.objects.filter(upload_id=upload_id).values_list("number", flat=True))
            done = len(read_before)
            for step in _steps(archive, [each for each in members if each.number not in read_before]):
                _keep(seller, upload_id, step, now)
                done += len(step)
                jobs.progress(done, len(members))
    except FileRefused as refusal:
        _move(upload_id, "fail", finished_at=now, problem=stored.error_row(refusal.fields[0]))
    else:
        with atomic():
            _match(seller, upload_id)
            _move(upload_id, "ask")
    storage.delete(row.file_key)


def _steps(archive: archives.Archive, members: Sequence[archives.Member]) -> Iterator[
        list[tuple[archives.Member, bytes | PictureRefused]]]:
    """Files with their bytes, some together, so that never more than some megabytes are in memory."""
    step: list[tuple[archives.Member, bytes | PictureRefused]] = []
    size = 0
    for member in members:
        try:
            found: bytes | PictureRefused = archive.read(member)
        except PictureRefused as refused:
            found = refused
        step.append((member, found))
        size += len(found) if isinstance(found, bytes) else 0
        if size > _BYTES_A_STEP or len(step) >= _PRODUCTS_A_STEP:
            yield step
            step, size = [], 0
    if step:
        yield step


def _keep(seller: SellerRef, upload_id: int, step: Sequence[tuple[archives.Member, bytes | PictureRefused]],
          now: datetime) -> None:
    data = [found for _member, found in step if isinstance(found, bytes)]
    made = iter(pictures.store_each(seller=seller, pictures=data, now=now))
    PictureFile.objects.bulk_create([
        _row(upload_id, member, next(made) if isinstance(found, bytes) else found) for member, found in step])


def _row(upload_id: int, member: archives.Member, found: StoredPicture | PictureRefused) -> PictureFile:
    row = PictureFile(upload_id=upload_id, number=member.number, name=member.name, state=picture_states.UNMATCHED)
    if isinstance(found, PictureRefused):
        row.state, row.why = picture_states.REFUSED, stored.error_row(found.fields[0])
    else:
        row.key, row.thumb_key = found.key, found.thumb_key
    return row


def _match(seller: SellerRef, upload_id: int) -> None:
    """Say of each sound picture which product it means. Five statements whatever the number."""
    rows = queries.pictures.files(seller, upload_id, states=[picture_states.UNMATCHED, picture_states.MATCHED])
    known, offer_ids = queries.pictures.named(seller, [row.name for row in rows])
    said = []
    for row in rows:
        found = matching.match(row.name, known)
        near = [] if found else matching.closest(row.name, offer_ids)
        said.append([row.number, picture_states.MATCHED if found else picture_states.UNMATCHED,
                     found.product_id if found else None, found.by if found else "",
                     min(found.position, 999) if found else 0, near])
    if said:
        columns = {"number": "int", "state": "text", "product_id": "int", "matched_by": "text", "position": "int",
                   "closest": "json"}
        sets = ", ".join(f"{name} = v.{name}" for name in columns if name != "number")
        execute(f"UPDATE catalog_picturefile SET {sets} FROM {json_rows('v', **columns)}"
                " WHERE catalog_picturefile.upload_id = %s AND catalog_picturefile.number = v.number",
                [json_param(said), upload_id])


# --- putting on the cards -----------------------------------------------------------------------------------------


@task(queue_name="slow")
def apply_files(upload_id: int) -> None:
    """Put the pictures of an upload on their cards. May run twice: files that are on their card are not looked at."""
    apply(upload_id=upload_id, now=clock.now())


def apply(*, upload_id: int, now: datetime) -> None:
    row = PictureUpload.objects.get(pk=upload_id)
    if row.state != picture_states.APPLYING:
        return
    seller, actor = sellers.seller_ref(row.seller_id), Actor(**row.actor)
    if row.batch_id is None:
        with atomic():
            row.batch_id = changes.open_batch(seller=seller, source="images", title=row.file_name, actor=actor, now=now)
            PictureUpload.objects.filter(pk=upload_id).update(batch_id=row.batch_id)
    coming: dict[int, list[FileInfo]] = defaultdict(list)
    for file in queries.pictures.files(seller, upload_id, states=[picture_states.MATCHED]):
        coming[file.product_id].append(file)
    ids = sorted(coming)
    for at in range(0, len(ids), _PRODUCTS_A_STEP):
        with atomic():
            _put(seller, row, {key: coming[key] for key in ids[at:at + _PRODUCTS_A_STEP]}, actor, now)
        jobs.progress(min(at + _PRODUCTS_A_STEP, len(ids)), len(ids))
    with atomic():
        if _move(upload_id, "finish", finished_at=now):
            done = queries.pictures.upload(seller, upload_id)
            activity.record(
                events.PICTURE_FILES_SAVED.name, now=now, actor=actor, seller_id=seller.id, target_type="pictures",
                target_id=upload_id, target_label=row.file_name or f"#{upload_id}",
                data={"saved": done.count(picture_states.SAVED), "left": done.not_saved, "products": len(ids)})


def _put(seller: SellerRef, row: PictureUpload, coming: Mapping[int, Sequence[FileInfo]], actor: Actor,
         now: datetime) -> None:
    """Some products' pictures, in the caller's transaction: cards, journal and report together."""
    found = dict(queries.drafts(seller, product_ids=list(coming)).values())
    wishes = []
    for product_id, draft in found.items():
        fresh = [ImageInput(key=file.key) for file in in_order(coming[product_id])]
        kept = draft.images if row.mode == "add" else ()
        wishes.append(Wish(replace(draft, images=(*kept, *fresh)), product_id))
    outcomes = dict(zip(found, apply_wishes(seller, wishes, actor, now, batch_id=row.batch_id or 0), strict=True))
    said = [[file.number, *_said(outcomes.get(product_id))] for product_id, files in coming.items() for file in files]
    execute("UPDATE catalog_picturefile SET state = v.state, why = v.why"
            f" FROM {json_rows('v', number='int', state='text', why='json')}"
            " WHERE catalog_picturefile.upload_id = %s AND catalog_picturefile.number = v.number",
            [json_param(said), row.pk])


def _said(outcome: ItemOutcome | None) -> tuple[str, dict[str, Any] | None]:
    """State of a file after its card was tried, and the reason where the card was refused."""
    if outcome is None:
        return picture_states.LEFT, stored.error_row(FieldError(
            "images", "product_gone", _("The product is no longer there."), ""))
    if outcome.outcome != "failed":
        return picture_states.SAVED, None
    return picture_states.LEFT, stored.error_row(next(
        error for error in outcome.errors if error.data.get("level") != "warning"))
