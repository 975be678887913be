"""Makers of re-check opinions; all names are invented."""

from dataclasses import replace
from datetime import UTC, date, datetime

from firesafe.notices.snapshot import Inspector, RecheckedFinding, RecheckOpinion
from tests.notices.samples import FACTS, make_head, make_photos


def make_opinion(
    *, findings: int = 2, **changes: object
) -> tuple[RecheckOpinion, dict[str, bytes]]:
    """Return a re-check opinion whose findings each have a photograph before and one after."""
    pictures, files = make_photos(2 * findings)
    opinion = RecheckOpinion(
        head=make_head(number="示例消复〔2026〕第0012号", issued_on=date(2026, 12, 2)),
        addressee="示例县示例玩具一厂",
        notice_title="消防安全隐患整改通知书",
        notice_number="示例消改〔2026〕第0037号",
        notice_served_on=date(2026, 11, 24),
        notice_due_on=date(2026, 12, 1),
        occasions=("整改期限届满", "被通知单位申请复查"),
        occasion="被通知单位申请复查",
        manner="现场复查",
        rechecked_at=datetime(2026, 12, 2, 1, 30, tzinfo=UTC),
        inspectors=(
            Inspector("王某某", "示例县经济贸易局", "示例0001", ""),
            Inspector("李某某", "示例县经济贸易局", "示例0002", ""),
        ),
        results=tuple(_rechecked(number) for number in range(1, findings + 1)),
        opinions=("整改完毕，予以销案", "部分未完成", "移送消防救援机构", "报告县（区）人民政府"),
        chosen=("部分未完成", "报告县（区）人民政府"),
        put_off_to=None,
        statement="无",
        photos=tuple(
            replace(photo, code=_codes(place // 2 + 1)[place % 2])
            for place, photo in enumerate(pictures)
        ),
    )
    return replace(opinion, **changes), files


def _codes(number: int) -> tuple[str, str]:
    return f"照片{number}-1", f"复查照片{number}-1"


def _rechecked(number: int) -> RecheckedFinding:
    place, fact, _grade, _due, _bases, requirement = FACTS[(number - 1) % len(FACTS)]
    before, after = _codes(number)
    is_done = number > 1
    return RecheckedFinding(
        ordinal=number,
        fact=f"{place}{fact}",
        requirement=requirement,
        due_on=date(2026, 12, 1),
        result="已整改" if is_done else "部分整改",
        reason="" if is_done else "还有一处串接没有拆除。",
        before_codes=(before,),
        after_codes=(after,),
    )
