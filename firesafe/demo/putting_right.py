"""After the notice: managers prove what is put right or ask for time; chiefs re-check, answer."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.demo.drawing import draw_scene
from firesafe.demo.stage import Stage, chief_of, inspection_of, manager_of
from firesafe.demo.story import Deed, Extension, Proof, Recheck
from firesafe.demo.visiting import chance
from firesafe.findings.evidence import Proof as Sent
from firesafe.findings.evidence import send_evidence
from firesafe.findings.extending import Application, Decision
from firesafe.findings.models import Finding, Manner, Occasion, Result
from firesafe.findings.queries import extension_of, findings_of
from firesafe.findings.rechecking import Checking, Judgement
from firesafe.inspections.models import Inspection
from firesafe.notices.applying import apply_for_time
from firesafe.notices.extending import reply_to_extension
from firesafe.notices.rechecking import decide_recheck
from firesafe.photos.actions import Said, develop_photo, enter_photo
from firesafe.photos.intake import take_in
from firesafe.photos.rules import Source
from firesafe.photos.store import Store


def prove(stage: Stage, deed: Deed) -> None:
    """Photograph how it looks now, and hand it in."""
    if not isinstance(deed.told, Proof):
        raise TypeError("What is proved is told by a proof.")
    proof, about = deed.told, f"{deed.visit.key}/{deed.told.code}"
    store = stage.services.get(Store)
    before = chance(stage.seed, f"{about}/0")  # the same place, seen once more
    jpeg = draw_scene(stage.story.scenes[proof.code], before, put_right=True)
    arrived = take_in(store, BytesIO(jpeg), byte_count=len(jpeg))
    with stage.database.writing() as session:
        manager = manager_of(session, inspection_of(session, stage, deed.visit))
        said = Said(Source.CAMERA, deed.at)
        enter_photo(session, arrived, by=manager, at=deed.at, said=said)
    develop_photo(stage.database, store, arrived.sha256, at=deed.at)
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, deed.visit)
        finding = _finding(session, inspection, proof.code)
        key = key_of(stage, f"{about}/proof/{proof.workdays_ago}")
        sent = Sent(key, proof.note, (arrived.sha256,))
        send_evidence(session, finding, sent, by=manager_of(session, inspection), at=deed.at)


def recheck(stage: Stage, deed: Deed) -> None:
    """Look whether it is put right, and issue the opinion."""
    if not isinstance(deed.told, Recheck):
        raise TypeError("What is re-checked is told by a re-check.")
    told = deed.told
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, deed.visit)
        judgements = []
        for seen in told.seen:
            finding = _finding(session, inspection, seen.code)
            result = Result(seen.result)
            judgements.append(Judgement(finding.id, finding.version, result, seen.reason))
        checking = Checking(
            client_key=key_of(stage, f"{deed.visit.key}/recheck/{told.workdays_ago}"),
            manner=Manner.ON_SITE if told.second else Manner.BY_PHOTO,
            occasion=Occasion.ASKED,
            rechecked_at=deed.at,
            judgements=tuple(judgements),
            second=named(session, told.second) if told.second else None,
        )
        decide_recheck(
            session,
            inspection,
            checking,
            by=chief_of(session, inspection),
            at=deed.at,
            public_address=stage.public_address,
        )


def ask_for_time(stage: Stage, deed: Deed) -> None:
    """Ask for more time, as the factory's manager."""
    if not isinstance(deed.told, Extension):
        raise TypeError("What is asked for is told by an extension.")
    told = deed.told
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, deed.visit)
        finding = _finding(session, inspection, told.code)
        if finding.due_on is None:
            raise LookupError(f"{deed.visit.key} has no last day that could be put off")
        application = Application(
            client_key=key_of(stage, f"{deed.visit.key}/{told.code}/extension"),
            reason=told.reason,
            measures=told.measures,
            wished_on=finding.due_on + timedelta(days=told.days),
        )
        manager = manager_of(session, inspection)
        apply_for_time(session, finding, application, by=manager, at=deed.at)


def give_time(stage: Stage, deed: Deed) -> None:
    """Grant what was asked for, and issue the reply."""
    if not isinstance(deed.told, Extension):
        raise TypeError("What is granted is told by an extension.")
    told = deed.told
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, deed.visit)
        extension = extension_of(session, _finding(session, inspection, told.code))
        if extension is None:
            raise LookupError(f"{deed.visit.key} has asked for no time")
        reply_to_extension(
            session,
            extension,
            Decision(extension.wished_on, told.grounds, told.required_measures),
            by=chief_of(session, inspection),
            at=deed.at,
            public_address=stage.public_address,
        )


def key_of(stage: Stage, about: str) -> str:
    """Return the key that a form or phone would have made for itself."""
    return str(UUID(int=chance(stage.seed, about).getrandbits(128), version=4))


def _finding(session: Session, inspection: Inspection, code: str) -> Finding:
    return next(each for each in findings_of(session, inspection) if each.checkpoint_code == code)


def named(session: Session, name: str) -> Officer:
    """Return the officer of this name."""
    return session.scalars(select(Officer).where(Officer.name == name)).one()
