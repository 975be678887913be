"""Makers of snapshots and of the photographs they name; all names are invented."""

import hashlib
import random
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from firesafe.notices.snapshot import (
    Building,
    Finding,
    Head,
    InspectionRecord,
    Inspector,
    Issuer,
    ItemScore,
    Person,
    Photo,
    Premises,
    RectificationNotice,
    Section,
    ServiceReceipt,
    Signature,
    Withdrawal,
)

UNDRAWN = "\U0010fffd"  # for private use: no typeface draws it, however much it may learn

MORNING = datetime(2026, 11, 23, 1, 10, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 3, 45, tzinfo=UTC)

ISSUER = Issuer(
    name="示例县经济贸易局",
    department="产业股",
    abbreviation="示例消改",
    contact="周某某",
    phone="0915-0000000",
    address="示例县城关镇示例路1号",
)

FACTS = (
    (
        "裁剪间东墙",
        "插线板串接2处，线路未穿管",
        "较大",
        "3日内",
        ("《中华人民共和国消防法》第二十七条第二款",),
        "停止使用串接插线板，由持证电工穿管敷设线路，并清除配电箱周围的可燃物。",
    ),
    (
        "二层北侧安全出口",
        "堆放纸箱12个，疏散门开启后净宽不足0.8米",
        "较大",
        "立即",
        ("《中华人民共和国消防法》第十六条第一款第四项", "《中华人民共和国消防法》第二十八条"),
        "立即清除纸箱，保持疏散通道、安全出口畅通，每班上岗前检查一次。",
    ),
    (
        "二层楼梯口",
        "未设置疏散示意图",
        "一般",
        "7日内",
        ("《机关、团体、企业、事业单位消防安全管理规定》第三十六条",),
        "在二层楼梯口和车间入口设置疏散示意图，标明所在位置和两条疏散路线。",
    ),
    (
        "充棉间",
        "电机和线槽表面积有飞絮，未见清扫记录",
        "较大",
        "3日内",
        ("《机关、团体、企业、事业单位消防安全管理规定》第十九条",),
        "每班清除电机、灯具、线槽表面飞絮，并在清扫记录上签名。",
    ),
)


@cache
def photo_bytes(number: int, *, is_tall: bool = False, size: int = 800) -> bytes:
    """Draw a photograph with about the grain of a real one: a JPEG without EXIF, `size` px long."""
    width, height = (size * 3 // 4, size) if is_tall else (size, size * 3 // 4)
    dice = random.Random(number)  # noqa: S311 — a drawing, not a secret
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    brush = ImageDraw.Draw(picture)
    for _ in range(14):
        x, y = dice.randrange(width), dice.randrange(height)
        colour = tuple(dice.randrange(60, 220) for _ in range(3))
        brush.rectangle((x, y, x + dice.randrange(40, 260), y + dice.randrange(40, 200)), colour)
    grain = Image.frombytes("L", (width, height), dice.randbytes(width * height)).convert("RGB")
    out = BytesIO()
    Image.blend(picture, grain, 0.14).save(out, "JPEG", quality=80)
    return out.getvalue()


def make_photos(count: int, roll: int = 0) -> tuple[tuple[Photo, ...], dict[str, bytes]]:
    """Return `count` photographs, every third one upright, and their bytes by SHA-256.

    Each `roll` has pictures of its own.
    """
    photos, files = [], {}
    for number in range(1, count + 1):
        is_tall = number % 3 == 0
        picture = photo_bytes(1000 * roll + number, is_tall=is_tall)
        name = hashlib.sha256(picture).hexdigest()
        files[name] = picture
        with Image.open(BytesIO(picture)) as opened:
            width, height = opened.size
        code = f"照片{(number + 1) // 2}-{2 - number % 2}"
        caption = f"{FACTS[(number - 1) // 2 % 4][0]}，2026年11月23日9时{number:02}分，王某某摄"
        photos.append(Photo(code, name, caption, width, height))
    return tuple(photos), files


def make_issuer(**changes: object) -> Issuer:
    return replace(ISSUER, **changes)


def make_head(**changes: object) -> Head:
    head = Head(
        paper_id="1",
        number="示例消改〔2026〕第0037号",
        issuer=ISSUER,
        county="示例县",
        issued_on=date(2026, 11, 24),
        check_url="https://firesafe.example.cn/check/7K2M-9QXA-4TBD",
        check_code="7K2M-9QXA-4TBD",
    )
    return replace(head, **changes)


def make_finding(
    ordinal: int, *, photo_codes: tuple[str, ...] = (), long: bool = False, **changes: object
) -> Finding:
    place, fact, grade, due_text, bases, requirement = FACTS[(ordinal - 1) % len(FACTS)]
    is_at_once = due_text == "立即"
    finding = Finding(
        ordinal=ordinal,
        place=place,
        fact=fact * 6 if long else fact,
        grade=grade,
        bases=bases * 3 if long else bases,
        requirement=requirement * 5 if long else requirement,
        due_text=due_text,
        due_on=None if is_at_once else date(2026, 12, 1),
        photo_codes=photo_codes,
    )
    return replace(finding, **changes)


def make_findings(
    count: int | tuple[Finding, ...], photos: tuple[Photo, ...] = (), *, long: bool = False
) -> tuple[Finding, ...]:
    """Return so many findings, each with its photographs; or those that are given."""
    if isinstance(count, tuple):
        return count
    codes = [photo.code for photo in photos]
    return tuple(
        make_finding(n, photo_codes=tuple(c for c in codes if c.startswith(f"照片{n}-")), long=long)
        for n in range(1, count + 1)
    )


def make_notice(
    *,
    findings: int | tuple[Finding, ...] = 4,
    photos: int = 8,
    long: bool = False,
    roll: int = 0,
    **changes: object,
) -> tuple[RectificationNotice, dict[str, bytes]]:
    """Return a rectification notice and the photographs it prints."""
    pictures, files = make_photos(photos, roll)
    notice = RectificationNotice(
        head=make_head(),
        addressee="示例县示例玩具一厂",
        inspected_on=date(2026, 11, 23),
        joined_by=("示例镇人民政府",),
        authority="《中华人民共和国消防法》第五十二条第二款",
        findings=make_findings(findings, pictures, long=long),
        interim_measures="裁剪间停用串接的插线板，每班安排专人巡查两次；下班切断非必要电源。",
        interim_basis="《机关、团体、企业、事业单位消防安全管理规定》第三十二条",
        extension_by=date(2026, 12, 1),
        copied_to=("示例镇人民政府", "示例县消防救援大队"),
        photos=pictures,
    )
    return replace(notice, **changes), files


ITEMS = (
    ("A1", "提高检查消除火灾隐患能力"),
    ("A2", "提高扑救初起火灾能力"),
    ("A3", "提高组织疏散逃生能力"),
    ("A4", "提高消防宣传教育能力"),
    ("P1", "提示火灾危险性"),
    ("P2", "提示逃生路线、安全出口位置和逃生自救方法"),
    ("P3", "提示简易防护面罩、手电筒等器材的位置和使用方法"),
    ("P4", "提示厂区内严禁明火"),
    ("K1", "懂火灾危害性"),
    ("K2", "懂预防措施"),
    ("K3", "懂扑救方法"),
    ("K4", "懂逃生方法"),
    ("C1", "会报警"),
    ("C2", "会使用消防器材"),
    ("C3", "会处理险肇事故"),
    ("C4", "会选择逃生路线"),
)

PREMISES = Premises(
    name="示例县示例玩具一厂",
    credit_code="91610926MA7TEXT07W",
    address="示例县老县镇示例社区3号楼2层",
    principal=Person("吴某某", "138-0000-0000"),
    fire_manager=Person("郑某某", "139-0000-0000"),
    nature="一般单位",
    trade="毛绒玩具加工",
    workers_on_shift=46,
    largest_shift=58,
)

BUILDING = Building(
    use="住宅楼底部",
    storeys="共6层",
    floor="第2层",
    floor_area="1260㎡",
    footprint="980㎡",
    fire_resistance="二级",
    shared_with_dwellings="是",
)

SECTIONS = (
    Section(
        "（一）合法性（审查验收、备案手续及建筑用途）",
        "未见消防验收备案凭证；住宅楼底部设厂，另行移送。",
    ),
    Section(
        "（二）消防安全管理（制度、巡查、培训、预案演练）",
        "制度齐全；近30日巡查记录缺3日；演练每半年1次。",
    ),
    Section(
        "（三）建筑防火（出口、通道、门窗、标志、应急照明）",
        "二层北侧安全出口堆放纸箱；二层楼梯口缺疏散示意图。",
    ),
    Section("（四）消防设施和器材（灭火器、消火栓、防护面罩）", "未发现问题。"),
)


def make_record(
    *, findings: int = 4, photos: int = 8, long: bool = False, **changes: object
) -> tuple[InspectionRecord, dict[str, bytes]]:
    """Return an inspection record and the photographs it prints."""
    pictures, files = make_photos(photos)
    record = InspectionRecord(
        head=make_head(number="示例消检〔2026〕第0102号", issued_on=date(2026, 11, 23)),
        premises=PREMISES,
        building=BUILDING,
        started_at=MORNING,
        ended_at=NOON,
        inspection_type="计划检查",
        inspectors=(
            Inspector("王某某", "示例县经济贸易局", "示例0001", ""),
            Inspector("李某某", "示例镇人民政府", "示例0002", ""),
        ),
        credentials="检查人员已出示证件，表明身份。",
        sections=SECTIONS,
        scores=tuple(
            ItemScore(
                code, name, "100" if n % 3 else "60", "" if n % 3 else "插线板串接；缺巡查记录"
            )
            for n, (code, name) in enumerate(ITEMS)
        ),
        total_score="86.5",
        total_grade="良",
        findings=make_findings(findings, pictures, long=long),
        corrected_on_the_spot="二层北侧安全出口堆放的纸箱，已当场清除（照片2-2）。",
        statement="对检查情况无异议，将按要求整改。",
        handling=("当场改正", "发整改通知书"),
        signature=Signature("", "", None, "", "", ""),
        remark="",
        photos=pictures,
    )
    return replace(record, **changes), files


def make_signature(**changes: object) -> Signature:
    """Return a signature given on the screen, without its picture."""
    return replace(Signature("吴某某", "厂长", NOON, "", "", ""), **changes)


def draw_ink(number: int) -> tuple[str, bytes]:
    """Draw a signature as a screen keeps it, a clear PNG; return its SHA-256 and bytes."""
    picture = Image.new("RGBA", (600, 200))
    points = [(40 + 60 * n, 100 + (n * number * 37) % 90 - 45) for n in range(9)]
    ImageDraw.Draw(picture).line(points, "black", 6, joint="curve")
    out = BytesIO()
    picture.save(out, "PNG")
    return hashlib.sha256(out.getvalue()).hexdigest(), out.getvalue()


def signed_on_the_screen() -> tuple[InspectionRecord, dict[str, bytes]]:
    """Return a record with one photograph that three people signed on the screen."""
    record, files = make_record(findings=1, photos=1)
    inks = dict(draw_ink(number) for number in (1, 2, 3))
    first, second, third = inks
    inspectors = tuple(
        replace(inspector, ink_sha256=ink)
        for inspector, ink in zip(record.inspectors, (first, second), strict=True)
    )
    record = replace(record, inspectors=inspectors, signature=make_signature(ink_sha256=third))
    return record, {**files, **inks}


def make_receipt(**changes: object) -> ServiceReceipt:
    """Return a proof of service with its blanks open."""
    receipt = ServiceReceipt(
        head=make_head(number="示例消送〔2026〕第0037号"),
        cause="消防安全隐患整改",
        served_title="消防安全隐患整改通知书",
        served_number="示例消改〔2026〕第0037号",
        addressee="示例县示例玩具一厂",
        place="",
        methods=("直接送达", "留置送达", "邮寄送达", "电子送达"),
        method="",
        served_at=None,
        receiver="",
        relation="",
        refusal="",
        witness="",
        recordings="",
        servers=(),
        remark="",
    )
    return replace(receipt, **changes)


def make_withdrawal(**changes: object) -> Withdrawal:
    """Return a paper that takes a notice back and names the one in its place."""
    withdrawal = Withdrawal(
        head=make_head(number="示例消撤〔2026〕第0002号", issued_on=date(2026, 12, 3)),
        addressee="示例县示例玩具一厂",
        withdrawn_title="消防安全隐患整改通知书",
        withdrawn_number="示例消改〔2026〕第0037号",
        withdrawn_on=date(2026, 11, 24),
        reason="整改期限计算有误",
        replaced_by="示例消改〔2026〕第0041号",
        copied_to=("示例镇人民政府",),
    )
    return replace(withdrawal, **changes)
