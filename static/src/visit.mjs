/** What every page of an officer who fills in visits needs, and the visit itself, in one file. */
import "./phone.mjs";
import checkpointRow from "./components/checkpoint-row.mjs";
import readAloud from "./components/read-aloud.mjs";
import { offer } from "./components/start.mjs";
import steppers from "./components/steppers.mjs";
import signAtOnce from "./inspections/sign-at-once.mjs";
import visit from "./inspections/visit.mjs";
import sending from "./offline/sending.mjs";
import signOut from "./offline/sign-out.mjs";
import updateBar from "./offline/update-bar.mjs";

offer({
  "checkpoint-row": checkpointRow,
  "read-aloud": readAloud,
  "sending": sending,
  "sign-at-once": signAtOnce,
  "sign-out": signOut,
  "steppers": steppers,
  "update-bar": updateBar,
  "visit": visit,
});
