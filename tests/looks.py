"""What is looked for on a page by whoever sees badly, reads large letters or has one hand free."""

from pathlib import Path

from playwright.sync_api import Page

THEMES = ("light", "dark", "outdoor")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = "color-contrast"

_AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
_BRIEF = {"resultTypes": ["violations"], "selectors": False}  # to name all else takes a quarter
_WEAR = "(theme) => { document.documentElement.dataset.theme = theme; }"
_WIDER = """() => [...document.querySelectorAll("body *")].filter((element) => {
  if (!element.checkVisibility()) return false;
  if (element.getBoundingClientRect().right <= innerWidth + 1) return false;
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (getComputedStyle(at).overflowX !== "visible") return false;
  }
  return true;
}).map((element) => element.outerHTML.slice(0, 80))"""
_CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((element) => {
  if (!element.checkVisibility() || !element.innerText?.trim()) return false;
  const { overflowX, overflowY, clip } = getComputedStyle(element);
  const isWide = overflowX === "hidden" && element.scrollWidth > element.clientWidth + 4;
  const isHigh = overflowY === "hidden" && element.scrollHeight > element.clientHeight + 4;
  return (isWide || isHigh) && clip === "auto";
}).map((element) => element.outerHTML.slice(0, 120))"""
_COVERED = """() => {
  const bars = [...document.querySelectorAll("body *")].filter((element) =>
    element.checkVisibility() && ["fixed", "sticky"].includes(getComputedStyle(element).position));
  const tops = () => bars.map((bar) => bar.getBoundingClientRect().top);
  scrollTo({ top: document.documentElement.scrollHeight / 2, behavior: "instant" });
  const before = tops();
  scrollBy({ top: -20, behavior: "instant" });
  const after = tops();
  const lines = new Set();
  for (const bar of bars.filter((_, index) => before[index] === after[index])) {
    const { top, bottom, width } = bar.getBoundingClientRect();
    if (width < innerWidth / 2) continue;
    const last = Math.min(bottom, innerHeight);
    for (let line = Math.max(0, Math.round(top)); line < last; line += 1) lines.add(line);
  }
  return lines.size / innerHeight;
}"""
_OUT_OF_REACH = """() => [...document.querySelectorAll(
  document.querySelector(".foot .button--main") ? ".foot .button--main" : ".button--main"
)].filter((button) => {
  if (!button.checkVisibility() || button.closest(".frame--desk")) return false;
  if (button.closest(".task")) return false; // it stands with its task
  button.scrollIntoView({ block: "end", behavior: "instant" });
  const { top, bottom } = button.getBoundingClientRect();
  return bottom > innerHeight + 1 || (top + bottom) / 2 < innerHeight * 2 / 3;
}).map((button) => `${button.outerHTML.slice(0, 80)} at ${button.getBoundingClientRect().top}`)"""
_UNFOLD = """() => {
  for (const fold of document.querySelectorAll("main details")) fold.open = true;
  for (const item of document.querySelectorAll("[data-item-part]")) item.hidden = false;
}"""


def barriers(page: Page, theme: str) -> list[tuple[str, str]]:
    """Return what axe finds on a page in one of its themes: the rule, and where first.

    Only the first theme is asked for everything, the others for what a theme changes.
    """
    page.evaluate(_WEAR, theme)
    if not page.evaluate("'axe' in self"):
        page.evaluate(_AXE.read_text(encoding="utf-8"))
    rules = RULES if theme == THEMES[0] else [COLOURS]
    found = page.evaluate("(asked) => axe.run(document, asked)", {"runOnly": rules, **_BRIEF})
    return [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found["violations"]]


def unfold(page: Page) -> None:
    """Show what a page shows by and by, all at once."""
    page.evaluate(_UNFOLD)


def too_wide(page: Page) -> list[str]:
    """Return what is only seen by scrolling the page sideways."""
    return page.evaluate(_WIDER)


def cut_off(page: Page) -> list[str]:
    """Return whose words do not all fit by more than a few pixels, and cannot be scrolled to."""
    return page.evaluate(_CUT_OFF)


def covered_by_bars(page: Page) -> float:
    """Return the share of the screen that stays covered while the page is scrolled."""
    return page.evaluate(_COVERED)


def out_of_reach(page: Page) -> list[str]:
    """Return the main buttons that cannot be brought into the lower third, to a thumb."""
    return page.evaluate(_OUT_OF_REACH)
