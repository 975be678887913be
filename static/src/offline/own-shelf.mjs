/** The shelf of this phone, one for all parts of a page. */
import { Shelf } from "./shelf.mjs";

export const shelf = new Shelf();
