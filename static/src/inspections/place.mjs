/** Where on the page somebody was: kept, because taking a photograph may cost the page its life. */
import { shelf } from "../offline/desk.mjs";

const asked = window.location.hash; // before the overview writes into it which item is open

/** @param {string} key  of the visit */
export function rememberPlace(key) {
  let scroll = 0; // noted as it changes: asked on leaving, it has the whole page laid out once more
  const keep = () => {
    const place = { hash: window.location.hash, scroll };
    shelf.change("visits", key, (visit) => ({ ...visit, place })).catch(() => undefined); // no room: a comfort the less
  };
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", keep);
  let timer = 0;
  const keepSoon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, 500);
  };
  document.addEventListener("click", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "file") keep();
    else keepSoon(); // it may have led to another item, and what is kept while a page goes may be lost
  });
  window.addEventListener("scroll", () => {
    scroll = window.scrollY;
    keepSoon();
  });
}

/**
 * Go back to it, unless the address names another, and wait for what is shown then.
 *
 * @param {import("../offline/visits.mjs").Visit} visit
 * @param {import("./overview.mjs").Overview} overview
 * @param {import("./finish.mjs").Finish} finish
 */
export async function returnToPlace({ place }, overview, finish) {
  if (!place || (asked && asked !== place.hash)) return overview.shown;
  window.history.replaceState(window.history.state, "", place.hash || window.location.hash);
  const shown = overview.showWhatTheAddressNames();
  await finish.draw();
  await shown;
  if (asked || place.scroll) window.scrollTo(0, place.scroll); // else it stands there, and asking has it laid out once more
}
