/**
 * Give the elements of a page their behaviours.
 *
 * An element names what it does in its attribute: data-behaviour="toast dismissable".
 * Each name stands once in the map below; what few pages need is fetched only when an
 * element asks for it. Everything works without this file, only less comfortably.
 */
import { begin } from "./components/start.mjs";

/** @type {Record<string, import("./components/start.mjs").Fetched>} */
const behaviours = {};

begin(document, behaviours);
