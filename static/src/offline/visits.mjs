/**
 * A visit as this phone holds it. Everything here takes a visit and returns the changed one;
 * nothing waits, keeps or sends.
 *
 * What the service has not got yet is dirty; `deedsOf` says it as a parcel's deeds.
 *
 * @typedef {Record<string, any>} Entry   the fields of a checkpoint, all of them
 * @typedef {{ entry: Entry, clock: number, seen: number, isDirty?: boolean }} Answer
 * @typedef {{ sha256: string, code: string, moment: string, deed: "attach" | "detach", isDirty?: boolean }} Attached
 * @typedef {{ name: string, picture: string, at: string, isDirty?: boolean }} Signed
 * @typedef {{ id: number, name: string }} Named
 * @typedef {object} Visit
 * @property {string} key
 * @property {number} officer
 * @property {string} edition
 * @property {Named} factory
 * @property {string} kind
 * @property {Named | null} second
 * @property {number} workers
 * @property {boolean} cardsShown
 * @property {string} openedAt
 * @property {boolean} [isOpenDirty]
 * @property {number} [inspectionId]
 * @property {"draft" | "handed_in" | "delivered" | "void"} state   as far as this phone knows
 * @property {Record<string, Answer>} answers
 * @property {Attached[]} photos
 * @property {Record<string, Signed>} signatures
 * @property {string[]} [signedThere]   roles that the service has signatures of
 * @property {{ reason: string, witness: string, at: string, isDirty?: boolean }} [refusal]
 * @property {string} [statement]
 * @property {string} [handedInAt]
 * @property {boolean} [isHandInDirty]
 * @property {{ hash: string, scroll: number }} [place]
 * @property {Record<string, Entry>} [overtaken]   own answers in whose place a colleague's stand
 * @property {string} [sentence]   why the service did not take something
 * @property {string} [address]       of its page, once the service knows it
 * @property {number} [waitingPhotos] how many the service still waits for, of this phone or another
 * @property {string} [deliveredAt]
 * @property {string} changedAt
 * @property {import("./rechecks.mjs").Recheck} [recheck]  it is no visit but the re-check of one
 */

/**
 * @param {Omit<Visit, "state" | "answers" | "photos" | "signatures" | "changedAt">} start
 * @param {Entry} blank
 * @param {string[]} codes
 * @param {Record<string, string>} presets  reasons of checkpoints that do not apply
 * @returns {Visit}
 */
export function begun(start, blank, codes, presets) {
  /** @type {Record<string, Answer>} */
  const answers = {};
  for (const code of codes) {
    const preset = presets[code];
    const entry = preset ? { ...blank, verdict: "na", not_applicable_reason: preset } : { ...blank };
    answers[code] = { entry, clock: preset ? 2 : 1, seen: 1, isDirty: Boolean(preset) };
  }
  return { ...start, isOpenDirty: true, state: "draft", answers, photos: [], signatures: {}, changedAt: start.openedAt };
}

/**
 * @param {Pick<Visit, "edition" | "key" | "recheck">} visit
 * @returns {string} where it is filled in, with signal or without
 */
export function sheetAddress({ edition, key, recheck }) {
  if (recheck) return `/rechecks/${recheck.inspection}?manner=${recheck.manner}`;
  return `/visit/${edition}?key=${key}`;
}

/**
 * @param {any} state  as the service tells it
 * @param {number} officer
 * @returns {Visit}
 */
export function known(state, officer) {
  const empty = { officer, workers: state.workers_on_shift, cardsShown: state.cards_shown, openedAt: state.opened_at };
  const { key, edition, factory, kind, second } = state;
  const visit = { key, edition, factory, kind, second, ...empty, state: /** @type {const} */ ("draft") };
  return merged({ ...visit, answers: {}, photos: [], signatures: {}, changedAt: state.opened_at }, state);
}

/**
 * Take over what the service has, except where this phone has written something later.
 *
 * @param {Visit} visit
 * @param {any} state
 * @returns {Visit}
 */
export function merged(visit, state) {
  const answers = { ...visit.answers };
  for (const [code, told] of Object.entries(state.answers ?? {})) answers[code] = later(answers[code], told);
  const told = (state.photos ?? []).filter((/** @type {Attached} */ photo) => !visit.photos.some((own) => isSame(own, photo)));
  const photos = [...visit.photos, ...told.map((/** @type {Attached} */ photo) => ({ ...photo, deed: "attach" }))];
  return { ...visit, inspectionId: state.inspection_id, answers, photos, signedThere: state.signed ?? visit.signedThere };
}

/**
 * @param {Answer | undefined} own
 * @param {{ entry: Entry, version: number }} told
 * @returns {Answer}
 */
function later(own, told) {
  if (own?.isDirty) return { ...own, clock: Math.max(own.clock, told.version + 1), seen: Math.max(own.seen, told.version) };
  if (own && own.clock > told.version) return own; // a receipt that is older than the page
  return { entry: { ...told.entry }, clock: told.version, seen: told.version };
}

/**
 * @param {Visit} visit
 * @param {string} code
 * @param {Entry} changes
 * @param {string} at
 * @returns {Visit}
 */
export function answered(visit, code, changes, at) {
  const { entry, clock, seen } = visit.answers[code];
  const answer = { entry: { ...entry, ...changes }, clock: clock + 1, seen, isDirty: true };
  return unsigned({ ...visit, answers: { ...visit.answers, [code]: answer }, changedAt: at });
}

/**
 * @param {Visit} visit
 * @param {{ sha256: string, code: string, moment: string }} photo
 * @param {"attach" | "detach"} deed
 * @param {string} at
 * @returns {Visit}
 */
export function withPhoto(visit, photo, deed, at) {
  const others = visit.photos.filter((own) => !isSame(own, photo));
  return unsigned({ ...visit, photos: [...others, { ...photo, deed, isDirty: true }], changedAt: at });
}

/**
 * @param {{ sha256: string, code: string, moment: string }} one
 * @param {{ sha256: string, code: string, moment: string }} other
 */
function isSame(one, other) {
  return one.sha256 === other.sha256 && one.code === other.code && one.moment === other.moment;
}

/**
 * What was signed is no longer what was read.
 *
 * @param {Visit} visit
 * @returns {Visit}
 */
function unsigned(visit) {
  return { ...visit, signatures: {}, signedThere: [], refusal: undefined };
}

/**
 * @param {Visit} visit
 * @param {string} role
 * @param {Omit<Signed, "isDirty">} signature
 * @returns {Visit}
 */
export function signed(visit, role, signature) {
  const signatures = { ...visit.signatures, [role]: { ...signature, isDirty: true } };
  return { ...visit, signatures, refusal: role === "factory" ? undefined : visit.refusal, changedAt: signature.at };
}

/**
 * @param {Visit} visit
 * @param {{ reason: string, witness: string, at: string }} refusal
 * @returns {Visit}
 */
export function refused(visit, refusal) {
  const { factory: _taken, ...signatures } = visit.signatures;
  const signedThere = (visit.signedThere ?? []).filter((role) => role !== "factory");
  return { ...visit, signatures, signedThere, refusal: { ...refusal, isDirty: true }, changedAt: refusal.at };
}

/**
 * @param {Visit} visit
 * @returns {string[]} the roles that have not signed, nor refused to
 */
export function unsignedRoles(visit) {
  const there = new Set([...Object.keys(visit.signatures), ...(visit.signedThere ?? []), ...(visit.refusal ? ["factory"] : [])]);
  return ["lead", "second", "factory"].filter((role) => !there.has(role));
}

/**
 * @param {Visit} visit
 * @param {string} statement  what the factory had to say
 * @param {string} at
 * @returns {Visit}
 */
export function handedIn(visit, statement, at) {
  return { ...visit, state: "handed_in", statement, handedInAt: at, isHandInDirty: true, sentence: undefined, changedAt: at };
}

/**
 * @param {Visit} visit  that was handed in, and taken back on the service
 * @returns {Visit} to be filled in and signed once more, from its checklist on
 */
export function reopened(visit) {
  return { ...unsigned(visit), state: "draft", place: undefined, handedInAt: undefined, waitingPhotos: undefined, sentence: undefined };
}
