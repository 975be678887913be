"""One of everything that an address can name, all in one county."""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from firesafe.accounts.actions import open_sign_in
from firesafe.accounts.invitations import invite_manager
from firesafe.accounts.models import Officer, SignIn, UploadToken
from firesafe.accounts.posts import Post
from firesafe.accounts.upload_tokens import issue_upload_token, sending_phones
from firesafe.core.clock import now
from firesafe.factories.models import Factory, FactoryManager
from firesafe.findings.models import (
    Extension,
    Finding,
    Referral,
    ReferralState,
    ReferralStep,
)
from firesafe.findings.queries import findings_of
from firesafe.imports.models import RegisterImport
from firesafe.notices.actions import ask_for_batch, issue_papers
from firesafe.notices.freezing import Terms
from firesafe.notices.receiving import give_consent
from firesafe.photos.store import Store
from firesafe.standard.edition import current_edition
from tests.factories.passes import make_pass_of
from tests.makers import MONDAY, PINGLI, make_officer, make_open_inspection
from tests.notices.visits import make_chief, make_ready_visit
from tests.phones import ANDROID, PHONE
from tests.reminders.messages import make_message
from tests.reports.reports import make_report


@dataclass(frozen=True, slots=True)
class Kit:
    """What addresses are filled in with; the people are by post."""

    values: dict[str, object]
    officers: dict[Post, Officer]

    def address(self, app: Flask, rule: Rule) -> str:
        """Return the address of a page with one of our records in each of its places."""
        values = dict(self.values)
        if rule.endpoint in DRAFT_PAGES:
            values["inspection_id"] = self.values["draft_id"]
        wanted = {name: values[name] for name in rule.arguments}
        with app.test_request_context():
            return app.url_map.bind("localhost").build(rule.endpoint, wanted)


KEY = "6f2c1a52-6e0d-4a0e-9f0b-3a3f0c1d2e4b"
WORDS = {
    "name": "picture",
    "size": 320,
    "moment": "found",
    "code": "A3-02",
    "item_code": "A3",
    "version": "0" * 12,
    "role": "lead",
    "key": KEY,
}
DRAFT_PAGES = ("visit.fill", "finishing.finish", "visit.save_item")


def make_kit(session: Session, store: Store) -> Kit:
    """Make a whole county's worth of records."""
    officers = {post: make_officer(session, post=post, county=_home(post)) for post in Post}
    bearer = officers[Post.CODE_BEARER]
    visit = make_ready_visit(session, store, lead=officers[Post.INSPECTOR])
    draft = make_open_inspection(session, factory=visit.factory, lead=officers[Post.INSPECTOR])
    papers = issue_papers(
        session, visit, Terms("专人看守。"), by=make_chief(session), at=MONDAY, public_address=""
    )
    manager = officers[Post.FACTORY_MANAGER]
    session.add(FactoryManager(factory_id=visit.factory_id, officer_id=manager.id, since=MONDAY))
    finding = findings_of(session, visit)[0]
    job = ask_for_batch(session, papers, key="kit", by=officers[Post.SECTION_CHIEF], at=MONDAY)
    values = {
        "inspection_id": visit.id,
        "draft_id": draft.id,
        "finding_id": finding.id,
        **_asked(session, finding, manager),
        "notice_id": papers[1].id,
        "issuer_id": papers[1].issuer_id,
        "kind": papers[1].kind.value,
        "year": papers[1].year,
        "job_id": job.id,
        "message_id": make_message(session).id,
        "report_id": make_report(session, factory=visit.factory, client_key=KEY).id,
        "pass_id": make_pass_of(session, visit.factory, bearer=bearer).id,
        "sha256": finding.photos[0]["sha256"],
        "edition_code": current_edition().code,
        **WORDS,
        **_referral(session, store, finding),
        **_register(session, visit.factory, officers),
    }
    session.flush()
    return Kit(values, officers)


def _home(post: Post) -> str | None:
    return None if post in (Post.CITY_SUPERVISOR, Post.ADMINISTRATOR) else PINGLI


def _register(
    session: Session, factory: Factory, officers: dict[Post, Officer]
) -> dict[str, object]:
    clerk = officers[Post.COUNTY_CLERK]
    invitation, token = invite_manager(
        session,
        factory_id=factory.id,
        county_code=factory.county_code,
        name="张测试",
        phone="13700000001",
        by=clerk,
        at=now(),
    )
    open_sign_in(session, clerk, device="kit", at=now())
    return {
        "factory_id": factory.id,
        "door_code": factory.door_code,
        "town_id": factory.town_id,
        "community_id": factory.community_id,
        "officer_id": make_officer(session).id,
        "invitation_id": invitation.id,
        "token": token,
        "upload_token_id": _phone(session, officers[Post.INSPECTOR]).id,
        "sign_in_id": session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first(),
        "import_id": make_import(session, clerk).id,
        "line": 2,
    }


def _extension(session: Session, finding: Finding, manager: Officer) -> Extension:
    extension = Extension(
        client_key="kit",
        finding=finding,
        reason="配件没到货。",
        measures="专人看守。",
        photos=[],
        was_due_on=finding.due_on,
        wished_on=finding.due_on,
        asked_at=MONDAY,
        asked_by_id=manager.id,
    )
    session.add(extension)
    session.flush()
    return extension


def _asked(session: Session, finding: Finding, manager: Officer) -> dict[str, object]:
    """Let the manager ask for more time, and agree to electronic service."""
    where = {"address": "示例路2号", "phone": "13800000000", "public_address": ""}
    consent = give_consent(session, finding.factory, **where, by=manager, at=MONDAY)
    return {
        "extension_id": _extension(session, finding, manager).id,
        "consent_id": consent.id,
    }


def _referral(session: Session, store: Store, finding: Finding) -> dict[str, object]:
    """Make a referral with one step, the paper of which lies in the store."""
    key = "referrals/kit.pdf"
    store.put(key, b"%PDF-")
    referral = Referral(
        inspection=finding.inspection, county_code=finding.county_code, flagged_at=MONDAY
    )
    step = ReferralStep(
        client_key="kit",
        referral=referral,
        state=ReferralState.UNDECIDED,
        happened_on=MONDAY.date(),
        scan_key=key,
        recorded_at=MONDAY,
        recorded_by_id=finding.inspection.lead_id,
    )
    session.add_all([referral, step])
    session.flush()
    return {"referral_id": referral.id, "step_id": step.id}


def _phone(session: Session, inspector: Officer) -> UploadToken:
    issue_upload_token(session, inspector, phone=PHONE, device=ANDROID, at=now())
    return sending_phones(session, inspector, now())[0]


def make_import(session: Session, clerk: Officer) -> RegisterImport:
    """Make a table that was uploaded to the register and not taken over yet."""
    uploaded = RegisterImport(
        county_code=clerk.county_code,
        file_name="register.xlsx",
        by_id=clerk.id,
        at=MONDAY,
        header=["工厂名称"],
        choices={"columns": {"name": 0}},
        rows=[[2, ["示例玩具二厂"]]],
        row_count=1,
    )
    session.add(uploaded)
    session.flush()
    return uploaded
