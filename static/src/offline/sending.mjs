/** Send what waits on this phone from whatever page somebody is on. */
import { beginSending } from "./desk.mjs";

/** @param {HTMLElement} element  that says who is signed in, and holds the token of the page */
export default function sending(element) {
  beginSending(Number(element.dataset.officer), () => element.dataset.csrf ?? "");
}
