/**
 * Give the elements of a page their behaviours.
 *
 * An element names what it does in its attribute: data-behaviour="toast dismissable".
 * Each name stands once below. What many pages need comes with this file; what few need is
 * fetched when an element asks for it. Everything works without script, only less comfortably.
 */
import autoSubmit from "./components/auto-submit.mjs";
import confirm from "./components/confirm.mjs";
import dismissable from "./components/dismissable.mjs";
import display from "./components/display.mjs";
import errorSummary from "./components/error-summary.mjs";
import fileName from "./components/file-name.mjs";
import liveCount from "./components/live-count.mjs";
import rowLink from "./components/row-link.mjs";
import sendOnce from "./components/send-once.mjs";
import { settled } from "./components/settled.mjs";
import { begin } from "./components/start.mjs";
import tickAll from "./components/tick-all.mjs";
import toast from "./components/toast.mjs";
import { keepInstallOffer } from "./offline/install-offer.mjs";
import { registerWorker } from "./offline/register.mjs";

const atHand = {
  "auto-submit": autoSubmit,
  "confirm": confirm,
  "dismissable": dismissable,
  "display": display,
  "error-summary": errorSummary,
  "file-name": fileName,
  "live-count": liveCount,
  "row-link": rowLink,
  "send-once": sendOnce,
  "tick-all": tickAll,
  "toast": toast,
};

const day = () => import("./day.mjs");
const visit = () => import("./visit.mjs");

const toFetch = {
  "begin-visit": day,
  "checkpoint-row": visit,
  "drafts-here": day,
  "evidence": () => import("./findings/evidence.mjs"),
  "install-hint": day,
  "leave-proof": () => import("./findings/leave-proof.mjs"),
  "outbox-page": day,
  "read-aloud": visit,
  "ready-badge": day,
  "recheck": day,
  "rescue-part": day,
  "scan": () => import("./camera/scan.mjs"),
  "sending": visit,
  "shrink-files": () => import("./reports/shrink-files.mjs"),
  "sign-at-once": visit,
  "sign-out": visit,
  "signature": () => import("./components/signature.mjs"),
  "steppers": visit,
  "stopwatch": () => import("./components/stopwatch.mjs"),
  "storage-warning": day,
  "sync-banner": day,
  "take-recheck": day,
  "unsent-proof": () => import("./findings/unsent-proof.mjs"),
  "update-bar": visit,
  "visit": visit,
};

keepInstallOffer(document);
document.addEventListener("DOMContentLoaded", () => {
  // What is missing is said by the service: at the top and at the field, in the officer's own language.
  for (const form of document.forms) if (!form.closest("dialog")) form.noValidate = true;
  begin(document, atHand, toFetch); // the other files of the head have offered theirs by now
});
settled().then(() => registerWorker(document));
