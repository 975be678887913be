"""What a browser without script sends back of a form on the visit page."""

import re


def fields_of(page: str, item: str) -> dict[str, object]:
    """Return what a browser would send back of an item's form, untouched."""
    form = re.search(rf'id="item-{item}".*?</form>', page, re.S)[0]
    fields: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = attribute(tag, "name"), attribute(tag, "value")
        kind = attribute(tag, "type")
        if name and kind != "file" and (kind not in ("radio", "checkbox") or " checked" in tag):
            fields.setdefault(name, []).append(value or "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<', form):
        fields[name] = text
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def attribute(tag: str, name: str) -> str | None:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else None
