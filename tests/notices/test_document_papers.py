"""What the papers say, and in which order; what they must never say."""

import re
from datetime import date
from html import unescape

import pytest

from firesafe.app import folder
from firesafe.notices.paper import paper_html
from tests.notices.opinions import make_opinion
from tests.notices.printed import Printed
from tests.notices.samples import (
    make_finding,
    make_head,
    make_notice,
    make_receipt,
    make_record,
    make_signature,
    make_withdrawal,
)

NOTICE_FIELDS = (
    "示例县经济贸易局",
    "消防安全隐患整改通知书",
    "示例消改〔2026〕第0037号",
    "示例县示例玩具一厂：",
    "2026年11月23日，我单位会同示例镇人民政府对你单位（场所）进行消防安全检查，发现存在下列隐患：",
    "序号隐患事实及部位等级依据整改要求整改期限现场照片号",
    "现将上述隐患告知你单位。请你单位按照表列要求和期限整改",
    "整改期间应采取以下措施，确保消防安全：",
    "无法保证安全的，应停止使用危险部位。",
    "请及时书面向我单位申请复查。",
    "请在2026年12月1日前书面申请延期",
    "可以书面或者口头向我单位陈述",
    "逾期未整改的，我单位将依法移送消防救援机构处理，并报告示例县人民政府。",
    "附件：现场照片（8张）",
    "示例县经济贸易局2026年11月24日",
    "被通知单位签收",
    "姓名：职务：时间：年月日时分",
    "联系人：周某某（产业股）；电话：0915-0000000。地址：示例县城关镇示例路1号。",
    "抄送：示例镇人民政府，示例县消防救援大队。",
    "本通知书一式三份：被通知单位、镇办（社区）、发文机关各一份。",
    "附件现场照片",
)

RECORD_FIELDS = (
    "消防安全检查记录表",
    "示例消检〔2026〕第0102号",
    "被检查单位名称",
    "统一社会信用代码",
    "地址",
    "法定代表人或主要负责人",
    "消防安全管理人",
    "单位性质",
    "行业",
    "当班人数46人",
    "最大班人数58人",
    "建筑用途类别",
    "建筑层数、所在层",
    "建筑面积",
    "占地面积",
    "耐火等级",
    "是否与住宅合建",
    "检查时间2026年11月23日9时10分至2026年11月23日11时45分",
    "检查类型",
    "检查人员王某某（示例县经济贸易局，证件号示例0001）",
    "检查人员已出示证件",
    "检查内容",
    "（一）合法性",
    "（二）消防安全管理",
    "（三）建筑防火",
    "（四）消防设施和器材",
    "（五）“四个四”项目得分问题",
    "A1提高检查消除火灾隐患能力",
    "C4会选择逃生路线",
    "总分、等级86.5良",
    "发现的隐患",
    "当场改正情况",
    "当事人陈述意见",
    "处理意见当场改正；发整改通知书",
    "以上记录已阅，属实。",
    "检查人员签名",
    "日期：2026年11月23日",
    "备注无",
)

RECEIPT_FIELDS = (
    "送达回证",
    "送达机关示例县经济贸易局",
    "案由",
    "送达文书名称及文号《消防安全隐患整改通知书》示例消改〔2026〕第0037号",
    "受送达人",
    "送达地点",
    "送达方式直接送达留置送达邮寄送达电子送达",
    "收到日期年月日时分",
    "受送达人签名或者盖章",
    "代收人与受送达人的关系",
    "拒收事由、见证人签名",
    "照片、录像编号",
    "送达人签名",
    "备注",
)


OPINION_FIELDS = (
    "示例县经济贸易局",
    "消防安全隐患整改复查意见书",
    "示例消复〔2026〕第0012号",
    "被复查单位示例县示例玩具一厂",
    "原通知书《消防安全隐患整改通知书》示例消改〔2026〕第0037号",
    "送达日期：2026年11月24日",
    "整改期限：2026年12月1日",
    "复查事由整改期限届满√被通知单位申请复查",
    "复查时间、方式2026年12月2日9时30分现场复查",
    "复查人员王某某示例县经济贸易局证件号示例0001李某某",
    "序号隐患事实及部位整改要求和期限复查结果整改前照片号复查照片号",
    "1裁剪间东墙插线板串接2处，线路未穿管",
    "（2026年12月1日前）部分整改：还有一处串接没有拆除。照片1-1复查照片1-1",
    "（2026年12月1日前）已整改照片2-1复查照片2-1",
    "复查意见整改完毕，予以销案√部分未完成移送消防救援机构√报告县（区）人民政府延期至年月日",
    "被复查单位意见无签名：时间：年月日时分",
    "复查人员签名",
    "王某某：李某某：",
    "示例县经济贸易局2026年12月2日",
    "附件现场照片",
    "照片1-1",
    "复查照片1-1",
)


def text_of(paper, **manner):
    page = paper_html(paper, folder("templates"), **manner).partition("<body")[2]
    return unescape(re.sub(r"\s|<[^>]*>", "", page.partition(">")[2]))


def paper(name):
    return {
        "notice": lambda: make_notice()[0],
        "record": lambda: make_record()[0],
        "receipt": make_receipt,
        "withdrawal": make_withdrawal,
        "opinion": lambda: make_opinion()[0],
    }[name]()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("notice", NOTICE_FIELDS),
        ("record", RECORD_FIELDS),
        ("receipt", RECEIPT_FIELDS),
        ("opinion", OPINION_FIELDS),
    ],
)
def test_a_paper_has_every_field_of_its_form_in_order(name, fields):
    text, place = text_of(paper(name)), 0

    for field in fields:
        place = text.find(field, place)
        assert place >= 0, f"{field} is missing or out of order"


def test_a_withdrawal_names_the_paper_it_takes_back_and_the_one_in_its_place():
    text = text_of(make_withdrawal())

    assert (
        "我单位2026年11月24日制发的《消防安全隐患整改通知书》（示例消改〔2026〕第0037号）" in text
    )
    assert "因整改期限计算有误，现予撤回，自本通知书制发之日起作废。" in text
    assert "另行制发的《消防安全隐患整改通知书》（示例消改〔2026〕第0041号）为准" in text


def test_a_withdrawal_without_a_successor_promises_none():
    assert "另行制发" not in text_of(make_withdrawal(replaced_by=""))


@pytest.mark.parametrize("name", ["notice", "record", "receipt", "withdrawal", "opinion"])
def test_a_county_paper_neither_orders_nor_threatens_nor_fakes_a_seal(name):
    text = text_of(paper(name))

    for word in ("责令", "处罚", "罚款", "查封", "停产停业", "盖章）", "（章）"):
        assert word not in text


def test_articles_are_printed_only_from_the_snapshot():
    forms = folder("templates") / "notices" / "pdf"

    for form in forms.glob("*.html"):
        assert not re.search(r"第[一二三四五六七八九十百]+条|消防法", form.read_text("utf-8")), form


def test_a_finding_shows_its_grade_bases_deadline_and_photographs():
    finding = make_finding(1, photo_codes=("照片1-1", "照片1-2"))

    text = text_of(make_notice(findings=(finding,))[0])

    assert (
        "1裁剪间东墙：插线板串接2处，线路未穿管较大《中华人民共和国消防法》第二十七条第二款" in text
    )
    assert "3日内2026年12月1日前照片1-1照片1-2" in text


def test_what_is_put_right_on_the_spot_has_no_day():
    text = text_of(make_notice(findings=2)[0])

    assert "立即照片2-1照片2-2" in text


def test_a_record_without_findings_says_so():
    assert "本次检查未发现隐患。" in text_of(make_record(findings=0, photos=0)[0])


def test_names_are_printed_as_text_and_never_as_markup():
    addressee = "<script>alert(1)</script>&工厂"

    page = paper_html(make_notice(addressee=addressee)[0], folder("templates"))

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_preview_shows_the_word_for_a_proof_and_the_place_of_the_seal():
    notice = make_notice(photos=1)[0]
    page = paper_html(
        notice,
        folder("templates"),
        is_preview=True,
        photo_address="/photos/{}".format,
        styles=("/static/paper.css",),
    )

    assert "样章" in page
    assert "用印处" in page
    assert 'href="/static/paper.css"' in page
    assert f'src="/photos/{notice.photos[0].sha256}"' in page
    assert "style=" not in page


def test_a_preview_without_a_number_needs_no_check_code():
    head = make_head(number="（制发时编号）", check_url="", check_code="")

    assert "（制发时编号）" in text_of(make_notice(head=head)[0], is_preview=True)


def test_a_record_signed_on_the_screen_shows_who_signed_and_when():
    signed = make_record(signature=make_signature(), photos=0)[0]

    text = text_of(signed)

    assert "签名：吴某某职务：厂长" in text
    assert "时间：2026年11月23日11时45分" in text


def test_a_refused_record_says_why_and_names_the_witness():
    refused = make_signature(
        name="", post="", signed_at=None, refusal="对检查结果不认可。", witness="孙某某"
    )

    text = text_of(make_record(signature=refused)[0])

    assert (
        "被检查单位拒绝签字，理由：对检查结果不认可。见证人：孙某某。由2名检查人员签名证明。"
        in text
    )
    assert "以上记录已阅" not in text


def test_a_receipt_that_was_filled_in_ticks_the_way_of_service():
    text = text_of(make_receipt(method="留置送达"))

    assert "直接送达√留置送达邮寄送达" in text


def test_an_opinion_may_put_the_last_day_off():
    text = text_of(make_opinion(put_off_to=date(2026, 12, 31))[0])

    assert "√延期至2026年12月31日" in text


def test_an_opinion_leaves_the_day_of_service_to_be_written_where_it_is_not_known():
    assert "送达日期：年月日" in text_of(make_opinion(notice_served_on=None)[0])


def test_an_opinion_is_printed_with_its_pictures(press):
    opinion, files = make_opinion()

    printed = Printed(press.paper_pdf(opinion, files))

    text = "".join(printed.text.split())
    for field in ("示例消复〔2026〕第0012号", "2026年12月2日9时30分", "部分整改", "复查照片2-1"):
        assert field in text
    assert sum(mark.kind == "image" for page in printed.pages for mark in page.marks) == 4
