/** What an officer needs around the visits of his day, in one file. */
import recheck from "./notices/recheck.mjs";
import beginVisit from "./offline/begin-visit.mjs";
import draftsHere from "./offline/drafts-here.mjs";
import installHint from "./offline/install-hint.mjs";
import outboxPage from "./offline/outbox-page.mjs";
import readyBadge from "./offline/ready-badge.mjs";
import rescuePart from "./offline/rescue-part.mjs";
import storageWarning from "./offline/storage-warning.mjs";
import syncBanner from "./offline/sync-banner.mjs";
import takeRecheck from "./offline/take-recheck.mjs";
import { offer } from "./components/start.mjs";

offer({
  "begin-visit": beginVisit,
  "drafts-here": draftsHere,
  "install-hint": installHint,
  "outbox-page": outboxPage,
  "ready-badge": readyBadge,
  "recheck": recheck,
  "rescue-part": rescuePart,
  "storage-warning": storageWarning,
  "sync-banner": syncBanner,
  "take-recheck": takeRecheck,
});
