/** Send on every page, also where nobody is signed in: what a phone may send outlives a sign-in. */
import { settled } from "../components/settled.mjs";
import { beginSending, shelf } from "./desk.mjs";
import { forgetOthersPages } from "./leaving.mjs";

/** @param {HTMLElement} body  names the officer whose page it is, if there is one */
export default async function sending(body) {
  await settled();
  beginSending();
  if (body.dataset.officer) await forgetOthersPages(shelf, Number(body.dataset.officer));
}
