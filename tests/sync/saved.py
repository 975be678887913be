"""Files as a phone saves them, whole ones and such as somebody made to do harm."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from firesafe.accounts.models import Officer
from firesafe.core.clock import now
from tests.phones import PHONE
from tests.sync.sent import bytes_of


def saved_file(
    officer: Officer,
    parcels: Iterable[tuple[str, Mapping[str, Any]]] = (),
    photos: Iterable[bytes] = (),
    *,
    ahead: timedelta = timedelta(),
    extra: Mapping[str, bytes] = {},
    kind: int = ZIP_STORED,
    announced: Iterable[Mapping[str, str]] = (),
    photographed: Iterable[Mapping[str, object]] = (),
    rechecks: Iterable[Mapping[str, Any]] = (),
    **changes: object,
) -> bytes:
    """Pack parcels (key, parcel), photographs, and re-checks that were not handed in.

    ``announced`` and ``photographed`` are further lines of the manifest, ``extra`` further
    entries; ``changes`` go into the manifest.
    """
    manifest = a_manifest(officer, now() + ahead)
    manifest |= {"parcels": [*announced], "photos": [*photographed]}
    entries: dict[str, bytes] = {}
    for number, (key, parcel) in enumerate(parcels, 1):
        name = f"parcels/{number:08d}-{key}.json"
        entries[name] = bytes_of(parcel)
        manifest["parcels"].append({"key": key, "file": name})
    for photo in photos:
        digest = sha256(photo).hexdigest()
        name = f"photos/{digest}.jpg"
        entries[name] = photo
        told = {"Photo-Source": "camera", "Photo-Taken-At": "2026-11-23T10:32:00+08:00"}
        manifest["photos"].append({"sha256": digest, "file": name, "headers": told})
    for recheck in rechecks:
        name = f"rechecks/{recheck['key']}.json"
        entries[name] = bytes_of(recheck)
        manifest["version"] = 2
        manifest.setdefault("rechecks", []).append({"key": recheck["key"], "file": name})
    manifest |= changes
    return packed({"manifest.json": json.dumps(manifest).encode(), **entries, **extra}, kind)


def a_manifest(officer: Officer, saved_at: datetime) -> dict[str, Any]:
    """Say whose file it is, and when it was saved; nothing is in it."""
    return {
        "format": "firesafe-rescue",
        "version": 1,
        "phone": PHONE,
        "officer": {"id": officer.id, "name": officer.name},
        "saved_at": saved_at.isoformat(),
        "part": 1,
        "parts": 1,
        "parcels": [],
        "photos": [],
    }


def packed(entries: Mapping[str, bytes], kind: int = ZIP_STORED) -> bytes:
    """Return a ZIP of these entries."""
    file = BytesIO()
    with ZipFile(file, "w", kind) as zipped:
        for name, content in entries.items():
            zipped.writestr(name, content)
    return file.getvalue()
