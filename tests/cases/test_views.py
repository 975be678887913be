"""The case of a factory: read back from its ZIP, compared with the rows, and who may take it."""

import hashlib
import json
from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.findings.extending import Application
from firesafe.findings.models import Evidence, Finding, ReferralState
from firesafe.inspections.models import Answer, Signature
from firesafe.notices.applying import apply_for_time
from firesafe.notices.models import ApplicationPaper, Notice, Service
from firesafe.notices.printing import unnumbered_pdf_of
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.rules import ORIGINAL, photo_key
from firesafe.photos.store import Store
from tests.cases.whole import (
    CHECK_PAGE,
    DATA,
    LIST,
    TABLE,
    fill_store,
    make_whole_case,
    unpacked,
)
from tests.house.test_queries import counted
from tests.makers import HANBIN, make_officer
from tests.notices.cases import TUESDAY, make_case, new_key
from tests.notices.referrals import HAZARD, enter, refer
from tests.notices.visits import make_chief


@pytest.fixture
def store(services):
    return services.get(Store)


@pytest.fixture
def case(session, store):
    made = make_whole_case(session, store)
    session.commit()
    return made


@pytest.fixture
def chief(session, case, sign_in):
    return sign_in(case.chief)


def address_of(case, more=""):
    return f"/factories/{case.visit.factory_id}/case{more}"


def taken(client, case, more="", **form):
    answer = client.post(address_of(case, more), data=form)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/zip"
    return unpacked(answer.get_data())


def entries(session, *events):
    rows = select(AuditEntry).where(AuditEntry.event.in_(events)).order_by(AuditEntry.id)
    session.expire_all()
    return list(session.scalars(rows))


def test_every_file_is_listed_with_its_checksum(chief, case):
    found = taken(chief, case)

    listed = {each["path"]: each["sha256"] for each in found.listed["files"]}
    others = {CHECK_PAGE, LIST}
    assert listed.keys() | others == found.files.keys()
    assert {path: hashlib.sha256(found.files[path]).hexdigest() for path in listed} == listed
    assert found.listed["missing"] == []


def test_the_name_of_the_file_is_one_that_a_server_can_send(chief, case):
    answer = chief.post(address_of(case))

    header = answer.headers["Content-Disposition"]
    name = unquote(header.encode("ascii").decode())
    assert name.startswith(f"attachment; filename*=UTF-8''{case.visit.factory.name}-一厂一档-")
    answer.close()


def test_it_holds_every_paper_photograph_and_signature(chief, case, session):
    found = taken(chief, case)
    held = {hashlib.sha256(content).hexdigest() for content in found.files.values()}

    inks = {each.sha256 for each in session.scalars(select(Signature))}
    filled = session.scalars(select(Service)).one()
    wanted = {
        *(paper.pdf_sha256 for paper in session.scalars(select(Notice))),
        *(photo.sha256 for photo in session.scalars(select(Photo))),
        *inks,
        filled.pdf_sha256,
        filled.ink_sha256,
    }
    assert wanted <= held


def test_a_folder_reads_as_the_story_of_the_case(chief, case):
    found = taken(chief, case)

    folders = sorted({path.partition("/")[0] for path in found.files if "/" in path})
    names = [folder.partition("-")[2] for folder in folders]
    assert names[:3] == ["检查记录表", "整改通知书", "送达回证"]
    assert names[-3:] == ["检查照片", "整改证据照片", "签名"]
    [notice] = found.below("整改通知书")
    assert notice.endswith(f"/2026-11-23 {case.notice.number}.pdf")
    assert any(path.endswith("（已填写）.pdf") for path in found.below("送达回证"))
    [proof] = found.below("整改证据照片")
    assert proof.rpartition("/")[2].startswith("2026-11-24 P2-01 ")


def test_an_application_for_more_time_lies_in_a_folder_of_its_own(session, services, case, chief):
    finding = case.findings["P3-02"]
    told = Application(new_key(), "没到货。", "专人看守。", finding.due_on + timedelta(days=1))
    extension = apply_for_time(session, finding, told, by=case.manager, at=TUESDAY)
    session.commit()
    [lack] = taken(chief, case).listed["missing"]
    pdf = unnumbered_pdf_of(services, ApplicationPaper, extension.id)

    found = taken(chief, case)

    [path] = found.below("延期整改申请书")
    assert path.endswith("/2026-11-24 延期整改申请书 P3-02.pdf")
    assert (lack["path"], lack["why"]) == (path, "not-printed")
    assert found.files[path] == pdf


def test_the_data_says_what_the_tables_say(chief, case, session):
    tables = taken(chief, case).data["tables"]

    for model, name in ((Answer, "answers"), (Finding, "findings"), (Evidence, "evidence")):
        rows = {row.id: row for row in session.scalars(select(model))}
        assert {row["id"] for row in tables[name]} == rows.keys()
    answer = session.scalars(select(Answer).where(Answer.checkpoint_code == "P2-01")).one()
    [told] = [row for row in tables["answers"] if row["id"] == answer.id]
    assert told["seen"] == answer.seen
    assert told["verdict"] == answer.verdict
    numbers = {row["number"] for row in tables["notices"]}
    assert numbers == {paper.number for paper in session.scalars(select(Notice))}
    assert "as_issued" not in tables["notices"][0]
    assert {row["name"] for row in tables["officers"]} >= {case.chief.name, case.manager.name}


def test_the_excel_table_says_the_same_as_the_data(chief, case):
    found = taken(chief, case)

    book = CalamineWorkbook.from_filelike(BytesIO(found.files[TABLE]))
    sheet = book.get_sheet_by_name("隐患").to_python()
    places = {heading: place for place, heading in enumerate(sheet[0])}
    rows = found.data["tables"]["findings"]
    shown = ("编号", "检查点", "隐患描述")
    told = [[row[places[heading]] for heading in shown] for row in sheet[1:]]
    assert told == [[row["id"], row["checkpoint_code"], row["wording"]] for row in rows]
    assert "文书" in book.sheet_names


def test_phones_are_masked_unless_a_reason_is_given(chief, case, session):
    masked = taken(chief, case)
    clear = taken(chief, case, clear="y", reason="寄送文书")

    def phone(found):
        return found.data["tables"]["factories"][0]["responsible_phone"]

    assert phone(masked) == "138****0000"
    assert "13800000000" not in masked.files[DATA].decode()
    assert phone(clear) == "13800000000"
    told = entries(session, Event.CASE_TAKEN, Event.CASE_TAKEN_CLEAR)
    assert [entry.event for entry in told] == [Event.CASE_TAKEN, Event.CASE_TAKEN_CLEAR]
    assert told[1].facts["reason"] == "寄送文书"


def test_clear_phones_without_a_reason_are_refused_in_words(chief, case, session):
    answer = chief.post(address_of(case), data={"clear": "y"}, headers={"Cookie": "language=en"})

    assert answer.status_code == 422
    assert entries(session, Event.CASE_TAKEN_CLEAR) == []


def test_the_trail_keeps_who_took_it_and_the_checksum_of_the_list(chief, case, session):
    found = taken(chief, case)

    begun, ended = entries(session, Event.CASE_TAKEN, Event.CASE_WRITTEN)
    assert begun.by_id == ended.by_id == case.chief.id
    assert begun.facts["files"] == len([path for path in found.files if "/" in path])
    assert ended.facts["sha256"] == hashlib.sha256(found.files[LIST]).hexdigest()
    assert "factory:" in begun.subject


def test_what_is_missing_or_damaged_is_named_and_breaks_nothing(chief, case, session, store):
    gone, changed, *_ = session.scalars(select(Photo).order_by(Photo.id))
    store.delete(photo_key(gone.sha256, ORIGINAL))
    store.put(photo_key(changed.sha256, ORIGINAL), b"other bytes")
    session.commit()

    page = chief.get(address_of(case)).text
    found = taken(chief, case)

    assert gone.sha256[:8] in page
    missing = {each["path"]: each["why"] for each in found.listed["missing"]}
    assert sorted(missing.values()) == ["damaged", "missing"]
    assert not missing.keys() & found.files.keys()
    assert any(gone.sha256[:8] in path for path in missing)
    assert all(path in found.files[CHECK_PAGE].decode() for path in missing)


def test_what_never_came_or_is_not_printed_is_named_beforehand(session, store, sign_in):
    case = make_case(session, store)
    photo = session.scalars(select(Photo)).first()
    photo.state = PhotoState.UNREADABLE
    session.commit()
    client = sign_in(case.chief)

    page = client.get(address_of(case)).text
    why = [each["why"] for each in taken(client, case).listed["missing"]]

    assert "还没有印好" in page
    assert why.count("not-printed") == 3
    assert why.count("unreadable") == 1


def test_what_lies_below_a_drawing_comes_along(session, store, sign_in):
    case = make_case(session, store)
    drawn = session.scalars(select(Photo)).one()
    below = Photo(
        sha256=hashlib.sha256(b"99999").hexdigest(),
        state=PhotoState.READABLE,
        media_type=drawn.media_type,
        byte_count=5,
        received_at=drawn.received_at,
        received_from_id=drawn.received_from_id,
    )
    session.add(below)
    drawn.drawn_over_sha256 = below.sha256
    fill_store(session, store)
    session.commit()

    paths = taken(sign_in(case.chief), case).below("检查照片")

    assert [("画前" in path, path[-12:-4]) for path in sorted(paths)] == [
        (False, drawn.sha256[:8]),
        (True, below.sha256[:8]),
    ]


def test_one_visit_or_some_days_are_a_case_as_well(chief, case, session, store):
    other = make_case(session, store, factory=case.visit.factory)
    session.commit()

    def visits(more):
        return [row["id"] for row in taken(chief, case, more).data["tables"]["inspections"]]

    assert visits("") == [case.visit.id, other.visit.id]
    assert visits(f"?visit={other.visit.id}") == [other.visit.id]
    assert visits("?first=2026-11-24") == []
    assert visits("?first=2026-11-23&last=2026-11-23") == [case.visit.id, other.visit.id]
    assert visits("?first=nonsense") == [case.visit.id, other.visit.id]


def test_a_visit_of_another_factory_is_not_there(chief, case, session, store):
    other = make_case(session, store)
    session.commit()

    assert chief.get(address_of(case, f"?visit={other.visit.id}")).status_code == 404


def test_another_county_s_case_is_not_there_and_the_city_has_them_all(session, case, sign_in):
    stranger = sign_in(make_chief(session, county=HANBIN))
    city = sign_in(make_officer(session, post=Post.CITY_SUPERVISOR, county=None))

    assert stranger.get(address_of(case)).status_code == 404
    assert stranger.post(address_of(case)).status_code == 404
    assert taken(city, case).listed["missing"] == []
    answer = city.post(address_of(case), data={"clear": "y", "reason": "看看"})
    assert answer.status_code == 403


def test_pages_of_factory_and_visit_lead_to_the_case(chief, case, session, sign_in):
    whole, one = address_of(case), address_of(case, f"?visit={case.visit.id}")
    inspector = sign_in(make_officer(session))

    assert f'href="{whole}"' in chief.get(f"/factories/{case.visit.factory_id}").text
    assert f'href="{one}"' in chief.get(f"/inspections/{case.visit.id}").text
    assert f'href="{whole}"' not in inspector.get(f"/factories/{case.visit.factory_id}").text


def test_a_larger_case_asks_the_database_no_more(chief, case, session, store, database):
    def asked():
        with counted(database) as statements:
            assert chief.get(address_of(case)).status_code == 200
        return len(statements)

    few = asked()
    for _ in range(3):
        make_case(session, store, factory=case.visit.factory)
    fill_store(session, store)
    session.commit()

    assert asked() == few


def test_a_reader_who_goes_away_leaves_nothing_behind(chief, case, session, store):
    before = sorted(store.spool_folder.iterdir())
    answer = chief.post(address_of(case), buffered=False)
    next(answer.response)
    answer.close()

    assert sorted(store.spool_folder.iterdir()) == before
    assert entries(session, Event.CASE_WRITTEN) == []
    assert len(entries(session, Event.CASE_TAKEN)) == 1
    assert chief.get(address_of(case)).status_code == 200


def test_half_the_threads_at_most_are_held_by_cases(chief, case, session):
    taking = [chief.post(address_of(case), buffered=False) for _ in range(4)]

    late = chief.post(address_of(case))
    page = chief.get(address_of(case))
    taking.pop().close()
    taken(chief, case)
    taken(chief, case)

    assert [late.status_code, page.status_code] == [409, 200]
    assert len(entries(session, Event.CASE_TAKEN)) == 6
    for answer in taking:
        answer.close()


def test_the_check_page_holds_all_it_needs_and_asks_nobody(chief, case):
    page = taken(chief, case).files[CHECK_PAGE].decode()

    assert "default-src 'none'" in page
    assert "/static/" not in page
    case_in_page = page.partition("data-case>")[2].partition("</script>")[0]
    assert json.loads(case_in_page)["files"][-1]["path"] == LIST


def test_a_referral_and_the_fire_service_s_paper_come_along(session, store, sign_in):
    case = make_case(session, store, failed=(HAZARD,))
    letter = refer(session, case)
    content = b"%PDF the fire service's paper"
    sha256 = hashlib.sha256(content).hexdigest()
    store.put(f"referrals/{sha256}.pdf", content)
    enter(session, case, ReferralState.RECEIVED)
    enter(session, case, ReferralState.NOT_MAJOR, scan_key=f"referrals/{sha256}.pdf")
    fill_store(session, store)
    session.commit()

    found = taken(sign_in(case.chief), case)

    assert any(letter.number in path for path in found.files)
    [scan] = found.below("来文扫描件")
    assert found.files[scan] == content
    assert "平消重字〔2026〕第0001号" in scan
    assert len(found.data["tables"]["referral_steps"]) == 2
