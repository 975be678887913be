/** Send on every page, also where nobody is signed in: what a phone may send outlives a sign-in. */
import { beginSending } from "./desk.mjs";

export default function sending() {
  beginSending();
}
