"""Makers of snapshots and of the photographs they name; all names are invented."""

import hashlib
import random
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from firesafe.notices.snapshot import (
    Finding,
    Head,
    Issuer,
    Photo,
    RectificationNotice,
)

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
    """Draw a photograph with the grain of a real one; EXIF-free JPEG, `size` px long."""
    width, height = (size * 3 // 4, size) if is_tall else (size, size * 3 // 4)
    dice = random.Random(number)  # noqa: S311 — a drawing, not a secret
    grain = Image.effect_noise((width, height), 22).convert("L")
    picture = Image.merge("RGB", (grain, grain, grain))
    brush = ImageDraw.Draw(picture)
    for _ in range(9):
        x, y = dice.randrange(width), dice.randrange(height)
        colour = tuple(dice.randrange(60, 220) for _ in range(3))
        brush.rectangle((x, y, x + dice.randrange(40, 260), y + dice.randrange(40, 200)), colour)
    picture = Image.blend(picture, Image.merge("RGB", (grain, grain, grain)), 0.35)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def make_photos(count: int) -> tuple[tuple[Photo, ...], dict[str, bytes]]:
    """Return `count` photographs, every third one upright, and their bytes by SHA-256."""
    photos, files = [], {}
    for number in range(1, count + 1):
        is_tall = number % 3 == 0
        picture = photo_bytes(number, is_tall=is_tall)
        name = hashlib.sha256(picture).hexdigest()
        files[name] = picture
        with Image.open(BytesIO(picture)) as opened:
            width, height = opened.size
        code = f"照片{(number + 1) // 2}-{2 - number % 2}"
        caption = f"{FACTS[(number - 1) // 2 % 4][0]}，2026年11月23日9时{number:02}分，王某某摄"
        photos.append(Photo(code, name, caption, width, height))
    return tuple(photos), files


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


def make_finding(ordinal: int, *, photo_codes: tuple[str, ...] = (), long: bool = False) -> Finding:
    place, fact, grade, due_text, bases, requirement = FACTS[(ordinal - 1) % len(FACTS)]
    is_at_once = due_text == "立即"
    return Finding(
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


def make_findings(
    count: int, photos: tuple[Photo, ...] = (), *, long: bool = False
) -> tuple[Finding, ...]:
    codes = [photo.code for photo in photos]
    return tuple(
        make_finding(n, photo_codes=tuple(c for c in codes if c.startswith(f"照片{n}-")), long=long)
        for n in range(1, count + 1)
    )


def make_notice(
    *, findings: int = 4, photos: int = 8, long: bool = False, **changes: object
) -> tuple[RectificationNotice, dict[str, bytes]]:
    """Return a rectification notice and the photographs it prints."""
    pictures, files = make_photos(photos)
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


MORNING = datetime(2026, 11, 23, 1, 10, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 3, 45, tzinfo=UTC)
