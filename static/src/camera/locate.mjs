/**
 * Where the phone is: asked at the first photograph of a page, watched for a short while.
 *
 * Android takes the position out of photographs before a page sees them, so it is asked for and
 * kept beside them. No answer, or a refusal, is no place; a photograph never waits longer than
 * three seconds for it. After a refusal the page does not ask again.
 */

/** @typedef {{ latitude: number, longitude: number, accuracy_m: number }} Place */
/** @typedef {Pick<Geolocation, "watchPosition" | "clearWatch">} Watching */

const PATIENCE_MS = 3000;
const WATCH_MS = 30_000;
const FRESH_MS = 60_000; // a place of a minute ago is still the factory, one of ten minutes may not be
const GOOD_M = 25;
const REFUSED = 1;

export class Locator {
  /** @type {{ place: Place, at: number } | null} */
  #best = null;
  #isRefused = false;
  /** @type {number | null} */
  #watch = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #end;
  /** @type {Set<() => void>} */
  #waiting = new Set();

  /**
   * @param {object} [parts]
   * @param {Watching | undefined} [parts.geolocation]
   * @param {() => number} [parts.now]
   */
  constructor({ geolocation = globalThis.navigator?.geolocation, now = Date.now } = {}) {
    this.geolocation = geolocation;
    this.now = now;
  }

  /**
   * The place at this moment, as exactly as three seconds allow.
   *
   * @param {number} [patience]  in milliseconds
   * @returns {Promise<Place | null>}
   */
  soon(patience = PATIENCE_MS) {
    this.#begin();
    return this.#until(patience, () => this.#isGood || this.#isRefused);
  }

  /**
   * The place for a photograph that was taken without one: the first fix that comes while watching.
   *
   * @param {number} [patience]
   * @returns {Promise<Place | null>}
   */
  later(patience = WATCH_MS) {
    this.#begin();
    return this.#until(patience, () => this.#fresh !== null || this.#isRefused);
  }

  /**
   * @param {number} patience
   * @param {() => boolean} isEnough
   * @returns {Promise<Place | null>}
   */
  #until(patience, isEnough) {
    if (isEnough()) return Promise.resolve(this.#fresh);
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(this.#fresh);
      };
      const look = () => {
        if (isEnough()) end();
      };
      const timer = setTimeout(end, patience);
      this.#waiting.add(look);
    });
  }

  get #fresh() {
    return this.#best && this.now() - this.#best.at <= FRESH_MS ? this.#best.place : null;
  }

  get #isGood() {
    return (this.#fresh?.accuracy_m ?? Infinity) <= GOOD_M;
  }

  #begin() {
    if (!this.geolocation) this.#isRefused = true;
    if (this.#isRefused || this.#isGood) return;
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.#stop(), WATCH_MS);
    if (this.#watch !== null) return;
    this.#watch = /** @type {Watching} */ (this.geolocation).watchPosition(
      ({ coords }) => this.#found(coords),
      ({ code }) => this.#missed(code),
      { enableHighAccuracy: true, maximumAge: 10_000 },
    );
  }

  #stop() {
    clearTimeout(this.#end);
    if (this.#watch !== null) this.geolocation?.clearWatch(this.#watch);
    this.#watch = null;
  }

  /** @param {Pick<GeolocationCoordinates, "latitude" | "longitude" | "accuracy">} coords */
  #found({ latitude, longitude, accuracy }) {
    const known = this.#fresh;
    if (!known || accuracy <= known.accuracy_m) {
      this.#best = { place: { latitude, longitude, accuracy_m: accuracy }, at: this.now() };
    }
    if (this.#isGood) this.#stop();
    this.#tellAll();
  }

  /** @param {number} code */
  #missed(code) {
    if (code !== REFUSED) return; // no satellites yet; the watch goes on
    this.#isRefused = true;
    this.#stop();
    this.#tellAll();
  }

  #tellAll() {
    for (const look of [...this.#waiting]) look();
  }
}
