"""Makers of papers that answer a factory or urge it; all names are invented."""

from dataclasses import replace
from datetime import date

from firesafe.notices.snapshot import ExtensionReply, OverdueFinding, SupervisionLetter
from tests.notices.samples import make_head


def make_extension_reply(**changes: object) -> ExtensionReply:
    reply = ExtensionReply(
        head=make_head(number="示例消延〔2026〕第0003号", issued_on=date(2026, 11, 27)),
        addressee="示例县示例玩具一厂",
        notice_title="消防安全隐患整改通知书",
        notice_number="示例消改〔2026〕第0037号",
        ordinal=2,
        fact="裁剪间东墙插排串接2处。",
        requirement="拆除串接插排，由电工重新布线。",
        was_due_on=date(2026, 12, 1),
        asked_on=date(2026, 11, 26),
        asked_by="张某某",
        asked_reason="配件要从外地发货。",
        asked_measures="停用该处，每班专人看守。",
        wished_on=date(2026, 12, 4),
        attached=1,
        answers=("同意延期整改", "不同意延期整改"),
        answer="同意延期整改",
        grounds="情况属实，已有防范措施。",
        due_on=date(2026, 12, 4),
        required_measures="每两小时巡查一次并记录。",
        copied_to=("示例镇人民政府",),
    )
    return replace(reply, **changes)


def make_supervision_letter(**changes: object) -> SupervisionLetter:
    overdue = OverdueFinding(
        ordinal=2,
        fact="裁剪间东墙插排串接2处。",
        grade="一般",
        requirement="拆除串接插排，由电工重新布线。",
        due_on=date(2026, 12, 1),
        days_late=6,
        rechecked="到期后未复查",
    )
    letter = SupervisionLetter(
        head=make_head(number="示例消督〔2026〕3号", issued_on=date(2026, 12, 7)),
        addressee="示例县示例玩具一厂",
        notice_title="消防安全隐患整改通知书",
        notice_number="示例消改〔2026〕第0037号",
        notice_issued_on=date(2026, 11, 23),
        notice_served_on=date(2026, 11, 24),
        authority="《中华人民共和国消防法》第五十二条第二款",
        findings=(overdue,),
        measures="停用该处，每班专人看守。",
        measures_basis="《机关、团体、企业、事业单位消防安全管理规定》第三十二条",
        copied_to=("示例镇人民政府",),
    )
    return replace(letter, **changes)
