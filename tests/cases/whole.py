"""Cases whose every file lies in the store, and what a ZIP of them is looked at with."""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.findings.models import Result
from firesafe.inspections.ink import ink_key
from firesafe.inspections.models import Signature
from firesafe.notices.actions import keep_pdf
from firesafe.notices.models import Notice, Service, ServiceManner
from firesafe.notices.rechecking import decide_recheck
from firesafe.notices.serving import Handing, keep_filled_pdf, record_service
from firesafe.photos.models import Photo
from firesafe.photos.rules import ORIGINAL, photo_key
from firesafe.photos.store import Store
from tests.makers import MONDAY
from tests.notices.cases import ADDRESS, TUESDAY, Case, checking, judged, make_case, send_proof

MADE = range(100_000)  # what `make_photo` hashes: numbers as text
SERVED_AT = MONDAY + timedelta(hours=5)
CHECK_PAGE, LIST, DATA, TABLE = (
    "00-核对.html",
    "00-清单.json",
    "00-档案数据.json",
    "00-档案数据.xlsx",
)


HANDED_OVER = Handing(
    ServiceManner.DIRECT,
    MONDAY.date(),
    MONDAY,
    place="5号楼1层",
    receiver="张测试",
    relation="厂长",
    ink_sha256="5" * 64,
    servers=("王某", "李某"),
)


@dataclass(frozen=True)
class Unpacked:
    """A case as it arrived: the bytes of each file by its path, and the list of them."""

    files: dict[str, bytes]

    @property
    def listed(self) -> dict[str, object]:
        return json.loads(self.files[LIST])

    @property
    def data(self) -> dict[str, object]:
        return json.loads(self.files[DATA])

    def below(self, part: str) -> list[str]:
        """Return the paths of which the folder's name holds ``part``."""
        return [path for path in self.files if part in path.partition("/")[0] and "/" in path]


def unpacked(archive: bytes) -> Unpacked:
    with ZipFile(BytesIO(archive)) as packed:
        assert packed.testzip() is None
        return Unpacked({entry.filename: packed.read(entry) for entry in packed.infolist()})


def make_whole_case(session: Session, store: Store, **more: object) -> Case:
    """Make a visit, its notice served, proof sent and re-checked; every file is in the store."""
    case = make_case(session, store, failed=("P2-01", "P3-02"), **more)
    record_service(
        session, case.notice, HANDED_OVER, by=case.chief, at=SERVED_AT, public_address=ADDRESS
    )
    send_proof(session, store, case, at=TUESDAY)
    told = checking(judged(case.finding, Result.PUT_RIGHT))
    decide_recheck(session, case.visit, told, (), by=case.chief, at=TUESDAY, public_address=ADDRESS)
    fill_store(session, store)
    return case


def fill_store(session: Session, store: Store) -> None:
    """Let every photograph, signature and paper be there, under its own checksum."""
    contents = {hashlib.sha256(str(number).encode()).hexdigest(): number for number in MADE}
    for photo in session.scalars(select(Photo)):
        store.put(photo_key(photo.sha256, ORIGINAL), str(contents[photo.sha256]).encode())
    for signature in session.scalars(select(Signature)):
        signature.sha256 = _put_ink(store, f"{signature.id}")
    for service in session.scalars(select(Service)):
        service.ink_sha256 = _put_ink(store, f"receipt {service.id}")
        keep_filled_pdf(session, service.id, *_put_paper(store, f"filled {service.id}"))
    for notice in session.scalars(select(Notice)):
        keep_pdf(session, notice.id, *_put_paper(store, notice.number), 1)
    session.flush()


def _put_ink(store: Store, text: str) -> str:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    store.put(ink_key(sha256), text.encode())
    return sha256


def _put_paper(store: Store, text: str) -> tuple[str, str]:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    store.put(f"papers/{sha256}.pdf", text.encode())
    return f"papers/{sha256}.pdf", sha256
