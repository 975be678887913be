/**
 * What keeps photographs on a phone, in one file: officers' visits and managers' proof need it.
 * It comes first, so what waits for the shelf begins here.
 */
import "./camera/locate.mjs";
import "./camera/take.mjs";
import "./components/sure.mjs";
import { lookAhead } from "./inspections/ahead.mjs";
import "./offline/backoff.mjs";
import "./offline/keys.mjs";
import { shelf } from "./offline/own-shelf.mjs";

shelf.open();
lookAhead(window.location);
