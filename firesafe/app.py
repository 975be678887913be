"""Puts the service together; the only file that knows every room."""

from datetime import timedelta
from pathlib import Path

from flask import Blueprint, Flask, g, request
from flask.json.provider import DefaultJSONProvider
from flask_compress import Compress
from whitenoise import WhiteNoise

from firesafe.accounts import cli as accounts_cli
from firesafe.accounts import officer_views
from firesafe.accounts import pruning as _pruning  # noqa: F401 — the worker's, once a day
from firesafe.accounts import views as accounts_views
from firesafe.accounts.posts import Post
from firesafe.accounts.queries import ids_named, names_of, officer_of_token
from firesafe.accounts.upload_tokens import officer_of_upload_token
from firesafe.audit import views as trail_views
from firesafe.audit.people import People
from firesafe.cases import panels as case_panels
from firesafe.cases import views as case_views
from firesafe.cases.turns import Turns
from firesafe.core.clock import now
from firesafe.core.db import Database
from firesafe.core.permissions import Permission
from firesafe.core.services import Services
from firesafe.core.settings import Settings, instance_folder, read_settings
from firesafe.core.words import N_
from firesafe.demo.cli import demo_commands
from firesafe.districts import views as district_views
from firesafe.districts.counties import find_county
from firesafe.factories import door_views, export_views, invitation_views, pass_views
from firesafe.factories import manager_views as joining_views
from firesafe.factories import panels as factory_panels
from firesafe.factories import views as factory_views
from firesafe.factories.queries import Standings
from firesafe.findings import manager_views as evidence_views
from firesafe.findings import panels as finding_panels
from firesafe.findings import views as finding_views
from firesafe.findings.cli import calendar_commands
from firesafe.findings.standing import standings_of
from firesafe.imports import views as import_views
from firesafe.inspections import finish_views, visit_views
from firesafe.inspections import manager_views as visited_views
from firesafe.inspections import views as inspection_views
from firesafe.notices import (
    application_views,
    consent_views,
    extension_views,
    inbox_views,
    manager_views,
    number_views,
    order_views,
    receiving_views,
    recheck_views,
    referral_views,
    service_views,
    supervision_views,
)
from firesafe.notices import finding_views as story_views
from firesafe.notices import panels as paper_panels
from firesafe.notices import views as notice_views
from firesafe.notices.pressroom import PressRoom
from firesafe.photos import views as photo_views
from firesafe.photos.store import open_store
from firesafe.reminders import panels as reminder_panels
from firesafe.reminders import sending as _sending  # noqa: F401 — the worker's, once a day
from firesafe.reminders import views as reminder_views
from firesafe.reports import door_views as reporting_views
from firesafe.reports import panels as report_panels
from firesafe.reports import pruning as _report_pruning  # noqa: F401 — the worker's, once a day
from firesafe.reports import views as report_views
from firesafe.standard.cli import standard_commands
from firesafe.sync import api as sync_api
from firesafe.sync import desk_views as phone_views
from firesafe.sync import outbox_views
from firesafe.sync import panels as phone_panels
from firesafe.web import (
    addresses,
    assets,
    errors,
    filters,
    form_tokens,
    gate,
    headers,
    language,
    manifest,
    navigation,
    offline_views,
    qr,
    remembered,
)
from firesafe.web.doors import hang_doors
from firesafe.web.limits import limiter
from firesafe.web.panels import hang_panels
from firesafe.web.sessions import CookieSessions

BLUEPRINTS: tuple[Blueprint, ...] = (
    language.bp,
    manifest.bp,
    offline_views.bp,
    trail_views.bp,
    district_views.bp,
    accounts_views.bp,
    officer_views.bp,
    factory_views.bp,
    door_views.bp,
    pass_views.bp,
    export_views.bp,
    invitation_views.bp,
    joining_views.bp,
    import_views.bp,
    photo_views.bp,
    inspection_views.bp,
    visit_views.bp,
    finish_views.bp,
    visited_views.bp,
    finding_views.bp,
    evidence_views.bp,
    application_views.bp,
    inbox_views.bp,
    recheck_views.bp,
    extension_views.bp,
    referral_views.bp,
    supervision_views.bp,
    order_views.bp,
    story_views.bp,
    notice_views.bp,
    service_views.bp,
    number_views.bp,
    manager_views.bp,
    receiving_views.bp,
    consent_views.bp,
    case_views.bp,
    reminder_views.bp,
    reporting_views.bp,
    report_views.bp,
    sync_api.bp,
    phone_views.bp,
    outbox_views.bp,
)

NAVIGATION: tuple[navigation.Entry, ...] = (
    navigation.Entry("inbox.waiting", N_("Inbox"), "inbox", Permission.NOTICE_ISSUE),
    navigation.Entry("ordering.waiting", N_("Orders"), "inbox", Permission.ORDER_ISSUE),
    navigation.Entry(
        "inspections.today",
        N_("Today"),
        "today",
        Permission.INSPECTION_FILL,
        also=("visit", "finishing", "outbox"),
    ),
    navigation.Entry(
        "factories.index",
        N_("Factories"),
        "factory",
        Permission.FACTORY_READ,
        also=("inspections.factory", "cases", "exports", "imports", "invitations", "passes"),
    ),
    navigation.Entry("doors.scan", N_("Scan"), "scan", Permission.INSPECTION_FILL),
    navigation.Entry(
        "findings.listing",
        N_("Findings"),
        "flag",
        Permission.FINDING_READ,
        also=("rechecks", "finding", "extensions", "referrals", "supervising"),
    ),
    navigation.Entry(
        "inspections.listing",
        N_("Visits"),
        "list",
        Permission.INSPECTION_READ,
        unless=Permission.INSPECTION_FILL,
    ),
    navigation.Entry(
        "notices.register", N_("Papers"), "doc", Permission.NOTICE_READ, also=("serving", "numbers")
    ),
    navigation.Entry("reports.listing", N_("Reported hazards"), "shout", Permission.REPORT_READ),
    navigation.Entry("phones.listing", N_("On phones"), "phone", Permission.NOTICE_ISSUE),
    navigation.Entry(
        "my_factory.home",
        N_("To put right"),
        "home",
        Permission.OWN_FACTORY_READ,
        also=("my_visits", "my_factory.finding", "evidence", "extension"),
    ),
    navigation.Entry(
        "evidence.waiting",
        N_("To put right"),
        "home",
        Permission.OWN_EVIDENCE_SEND,
        unless=Permission.OWN_FACTORY_READ,
    ),
    navigation.Entry(
        "my_factory.notices",
        N_("Notices"),
        "doc",
        Permission.OWN_FACTORY_READ,
        also=("my_notices",),
    ),
    navigation.Entry("notices.issuer", N_("Issuer"), "gear", Permission.ISSUER_EDIT),
    navigation.Entry(
        "districts.index", N_("Towns and communities"), "pin", Permission.COMMUNITY_EDIT
    ),
    navigation.Entry("officers.index", N_("People"), "people", Permission.ACCOUNT_MANAGE),
    navigation.Entry("trail.index", N_("Records"), "book", Permission.TRAIL_READ),
    navigation.Entry("reminders.listing", N_("Reminders"), "alarm", Permission.SIGNED_IN),
    navigation.Entry("accounts.me", N_("Me"), "me", Permission.SIGNED_IN),
)

HOME = {
    Post.INSPECTOR: "inspections.today",
    Post.SECTION_CHIEF: "inbox.waiting",
    Post.COUNTY_CLERK: "factories.index",
    Post.FIRE_OFFICER: "ordering.waiting",
    Post.FACTORY_MANAGER: "my_factory.home",
    Post.CODE_BEARER: "evidence.waiting",
    Post.CITY_SUPERVISOR: "notices.register",
    Post.ADMINISTRATOR: "officers.index",
}


def create_app(settings: Settings | None = None, services: Services | None = None) -> Flask:
    """Return the service, ready to answer.

    Without arguments the settings are read from the instance folder; tests hand in theirs.

    Raises:
        SettingsFault: the settings cannot be used.
    """
    settings = settings or read_settings(instance_folder())
    app = Flask("firesafe", template_folder=str(folder("templates")), static_folder=None)
    app.config.update(_flask_settings(settings))
    app.session_interface = CookieSessions()
    app.json = PlainJson(app)
    addresses.bound_ids(app)
    hang_doors(app, services or open_services(settings))
    form_tokens.guard_forms(app)
    Compress(app)
    limiter.init_app(app)
    language.speak(app)
    filters.add_filters(app)
    qr.add_qr(app)
    remembered.add_remembered(app)
    errors.answer_refusals(app)
    headers.guard_answers(app, is_https=settings.is_https)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    gate.set_gate(
        app,
        identify=officer_of_token,
        identify_sender=officer_of_upload_token,
        sign_in="accounts.sign_in",
        change_password="accounts.change_password",  # noqa: S106 — the name of a page
    )
    for commands in (accounts_cli.accounts, standard_commands, calendar_commands, demo_commands):
        app.cli.add_command(commands)
    _hang_panels(app)
    _furnish_templates(app)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # the way Flask documents it
        app.wsgi_app,
        root=app.extensions["bundle"],
        prefix="static/",
        immutable_file_test=r"-[0-9A-Z]{8}\.",
    )
    return app


def open_services(settings: Settings) -> Services:
    """Open what lasts as long as the process: the database, the store, the press."""
    return Services(
        settings,
        Database(settings.database),
        People(names_of, ids_named),
        Standings(standings_of),
        open_store(settings.store),
        Turns(settings.threads),
        PressRoom(folder("templates"), folder("static")),
    )


def folder(name: str) -> Path:
    """Return ``templates`` or ``static``, in a wheel or in a checkout.

    Raises:
        RuntimeError: the installation is not whole.
    """
    here = Path(__file__).resolve().parent
    for place in (here / name, here.parent / name):
        if place.is_dir():
            return place
    raise RuntimeError(f"The folder {name} is missing from this installation.")


def _flask_settings(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "MAX_CONTENT_LENGTH": (settings.upload_limit_mb + 1) * 1024 * 1024,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 7,  # of the visit page 1.7 KB less than 5, for 5 ms
        "COMPRESS_MIMETYPES": ["text/html", "text/csv", "text/plain", "application/json"],
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "HOME": HOME,
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open on a phone all day must still be sendable
    }


def _hang_panels(app: Flask) -> None:
    hang_panels(app, "door", report_panels.panel_of_door)
    hang_panels(app, "inbox", report_panels.panel_of_count)
    hang_panels(
        app,
        "factory",
        finding_panels.panel_of_factory,
        paper_panels.panel_of_factory,
        factory_panels.panel_of_factory,
        case_panels.panel_of_factory,
    )
    hang_panels(
        app,
        "today",
        phone_panels.banner_of_today,
        phone_panels.readiness_of_today,
        reminder_panels.panel_of_reminders,
        report_panels.panel_of_count,
        report_panels.panel_of_today,
        phone_panels.drafts_of_today,
        finding_panels.panel_of_today,
        paper_panels.panel_of_rechecks,
        phone_panels.hint_of_today,
    )
    hang_panels(
        app,
        "inspection",
        phone_panels.panel_of_inspection,
        case_panels.panel_of_inspection,
    )


class PlainJson(DefaultJSONProvider):
    """JSON with Chinese as it is: escaped, each character would take twice the bytes."""

    ensure_ascii = False


def _furnish_templates(app: Flask) -> None:
    app.extensions["bundle"] = folder("static") / "dist"
    app.extensions["asset"] = assets.load(app.extensions["bundle"])
    app.jinja_env.globals["asset"] = app.extensions["asset"]
    app.jinja_env.globals["drawing"] = assets.load_drawings(app.extensions["bundle"])
    app.jinja_env.globals["Permission"] = Permission
    app.jinja_env.globals["paper"] = manifest.PAPER

    @app.context_processor
    def surroundings() -> dict[str, object]:
        return {
            "language": language.chosen_language(),
            "theme": request.cookies.get("theme"),
            "text_size": request.cookies.get("text"),
            "officer": getattr(g, "officer", None),
            "fills_visits": _holds(Permission.INSPECTION_FILL),
            "at_sign_out": _at_sign_out(),
            "made_at": now(),
            "navigation": navigation.links(NAVIGATION),
            "place": _place(),
        }


def _holds(permission: Permission) -> bool:
    """Tell whether whoever is signed in, if anybody is, may do something."""
    officer = getattr(g, "officer", None)
    return officer is not None and officer.holds(permission)


def _at_sign_out() -> str | None:
    """Return what looks on the phone for work that is not sent, before somebody signs out."""
    if _holds(Permission.INSPECTION_FILL):
        return "sign-out"
    return "leave-proof" if _holds(Permission.OWN_EVIDENCE_SEND) else None


def _place() -> str | None:
    officer = getattr(g, "officer", None)
    county = find_county(officer.county_code or "") if officer is not None else None
    return county.name_in(language.chosen_language()) if county is not None else None
