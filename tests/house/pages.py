"""What every page promises, whichever test fetches it."""

import re
from collections import Counter
from hashlib import md5
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from tinyhtml5 import inputstream
from tinyhtml5.parser import HTMLParser
from werkzeug.test import TestResponse

XHTML = "{http://www.w3.org/1999/xhtml}"
LABELLED = ("input", "select", "textarea")
UNLABELLED_TYPES = ("hidden", "submit", "button", "reset")
DATA_SCRIPTS = ("application/json", "module")


class Remembered(dict[tuple[object, bool], re.Pattern[str]]):
    """The parser's expressions; it keeps each under a wrong key, and makes it anew every time."""

    def __missing__(self, key: tuple[object, bool]) -> re.Pattern[str]:
        characters, is_of_them = key
        listed = re.escape("".join(characters))
        self[key] = re.compile(f"[{'' if is_of_them else '^'}{listed}]+")
        return self[key]


inputstream.characters_until_regex = Remembered()


class PageClient(FlaskClient):
    """A client that looks at every page it is given, and fails the test that fetched a bad one."""

    def open(self, *args, **kwargs) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.data and response.status_code not in MOVED:
            has_tokens = self.application.config["WTF_CSRF_ENABLED"]
            faults = faults_of(response.get_data(as_text=True), has_tokens=has_tokens)
            assert faults == [], f"{response.request.path}: {faults}"
        return response


MOVED = (301, 302, 303, 307, 308)

_good: set[tuple[bytes, bool]] = set()
"""What good pages looked like: to look again at one that differs in its words proves nothing."""

_NOT_PLAIN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe-\U0010ffff"
_WORDS = re.compile(f"(?<=>)[^<>&\"'{_NOT_PLAIN}]+(?=<)")
_NAMES = re.compile(r"&[#\w]+;?|[\w.-]{32,}|\d+", re.ASCII)


def faults_of(page: str, *, has_tokens: bool = True) -> list[str]:
    """Return what is wrong with a page, in words that say what to write instead.

    ``has_tokens`` is false where a test has switched the forms' tokens off.
    """
    look = (shape_of(page), has_tokens)
    if look in _good:
        return []
    faults = _faults_found(page, has_tokens=has_tokens)
    if not faults:
        _good.add(look)
    return faults


def shape_of(page: str) -> bytes:
    """Return what two pages have in common that are both good or both bad.

    Words between two tags are as good as others, unless they hold what is not plain text. Numbers
    and long keys are named in their order, so that those that were alike or not still are.
    """
    names: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        word = found[0]
        return word if word[0] == "&" else names.setdefault(word, str(len(names)))

    bare = _WORDS.sub(lambda found: found[0] if found[0].isspace() else "x", page)
    return md5(_NAMES.sub(named, bare).encode(), usedforsecurity=False).digest()


def _faults_found(page: str, *, has_tokens: bool) -> list[str]:
    parser = HTMLParser()
    root = parser.parse(page)
    elements = [(each.tag.removeprefix(XHTML), each) for each in root.iter() if _is_element(each)]
    return [
        *(f"not valid HTML at {where}: {fault} {facts}" for where, fault, facts in parser.errors),
        *_heading_faults(elements),
        *_id_faults(elements),
        *_label_faults(elements),
        *_inline_faults(elements),
        *(_form_faults(elements) if has_tokens else []),
    ]


def _is_element(each: Element) -> bool:
    return isinstance(each.tag, str)


def _heading_faults(elements: list[tuple[str, Element]]) -> list[str]:
    headings = [each for tag, each in elements if tag == "h1"]
    titles = [each for tag, each in elements if tag == "title" and "".join(each.itertext()).strip()]
    faults = [] if len(headings) == 1 else [f"{len(headings)} headings h1; have one"]
    return faults if titles else [*faults, "no title"]


def _id_faults(elements: list[tuple[str, Element]]) -> list[str]:
    counts = Counter(each.get("id") for _, each in elements if each.get("id"))
    doubles = [f"id {name} stands {n} times" for name, n in counts.items() if n > 1]
    tied = {
        name
        for _, each in elements
        for key in ("aria-describedby", "aria-labelledby", "aria-controls")
        for name in (each.get(key) or "").split()
    }
    return doubles + [f"nothing has the id {name}" for name in sorted(tied - counts.keys())]


def _label_faults(elements: list[tuple[str, Element]]) -> list[str]:
    labelled = {each.get("for") for tag, each in elements if tag == "label"} - {None}
    inside = {
        id(field)
        for tag, each in elements
        if tag == "label" and "".join(each.itertext()).strip()
        for field in each.iter()
    }
    return [
        f"the field {each.get('name')} has no label"
        for tag, each in elements
        if tag in LABELLED
        and each.get("type") not in UNLABELLED_TYPES
        and not (each.get("aria-label") or each.get("aria-labelledby"))
        and each.get("id") not in labelled
        and id(each) not in inside
    ]


def _inline_faults(elements: list[tuple[str, Element]]) -> list[str]:
    faults = []
    for tag, each in elements:
        is_code = tag == "script" and not each.get("src") and each.get("type") not in DATA_SCRIPTS
        if is_code or (tag == "script" and each.get("type") == "module" and not each.get("src")):
            faults.append("an inline script; put it into static/src")
        faults += [f"{name} on {tag}" for name in each.attrib if name.startswith("on")]
        if tag == "style" or each.get("style") is not None:
            faults.append(f"an inline style on {tag}; put it into static/css")
    return faults


def _form_faults(elements: list[tuple[str, Element]]) -> list[str]:
    posting = [each for tag, each in elements if tag == "form" and each.get("method") == "post"]
    named = [[field.get("name") for field in form.iter()] for form in posting]
    return ["a form that posts has no csrf_token" for names in named if "csrf_token" not in names]
