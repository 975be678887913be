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

const toFetch = {
  "begin-visit": () => import("./offline/begin-visit.mjs"),
  "checkpoint-row": () => import("./components/checkpoint-row.mjs"),
  "drafts-here": () => import("./offline/drafts-here.mjs"),
  "evidence": () => import("./findings/evidence.mjs"),
  "install-hint": () => import("./offline/install-hint.mjs"),
  "leave-proof": () => import("./findings/leave-proof.mjs"),
  "outbox-page": () => import("./offline/outbox-page.mjs"),
  "read-aloud": () => import("./components/read-aloud.mjs"),
  "ready-badge": () => import("./offline/ready-badge.mjs"),
  "recheck": () => import("./notices/recheck.mjs"),
  "rescue-part": () => import("./offline/rescue-part.mjs"),
  "scan": () => import("./camera/scan.mjs"),
  "sending": () => import("./offline/sending.mjs"),
  "shrink-files": () => import("./reports/shrink-files.mjs"),
  "sign-at-once": () => import("./inspections/sign-at-once.mjs"),
  "sign-out": () => import("./offline/sign-out.mjs"),
  "signature": () => import("./components/signature.mjs"),
  "steppers": () => import("./components/steppers.mjs"),
  "stopwatch": () => import("./components/stopwatch.mjs"),
  "storage-warning": () => import("./offline/storage-warning.mjs"),
  "sync-banner": () => import("./offline/sync-banner.mjs"),
  "take-recheck": () => import("./offline/take-recheck.mjs"),
  "unsent-proof": () => import("./findings/unsent-proof.mjs"),
  "update-bar": () => import("./offline/update-bar.mjs"),
  "visit": () => import("./inspections/visit.mjs"),
};

// What is missing is said by the service: at the top and at the field, in the officer's own language.
for (const form of document.forms) if (!form.closest("dialog")) form.noValidate = true;

keepInstallOffer(document);
begin(document, atHand, toFetch);
registerWorker(document);
