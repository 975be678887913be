/** SHA-256 (FIPS 180-4) for pages that did not come over https, where browsers offer none. */

/** The first 32 bits of the fractions of the roots of the first primes. */
const { first, rounds } = constants();

/** A sum that grows piece by piece, so that a large file need not be held whole. */
export class Sha256 {
  #state = Uint32Array.from(first);
  #words = new Uint32Array(64);
  #rest = new Uint8Array(0);
  #length = 0;

  /**
   * @param {Uint8Array} piece
   * @returns {this}
   */
  add(piece) {
    this.#length += piece.length;
    const bytes = new Uint8Array(this.#rest.length + piece.length);
    bytes.set(this.#rest);
    bytes.set(piece, this.#rest.length);
    const whole = bytes.length - (bytes.length % 64);
    this.#blocks(new DataView(bytes.buffer, 0, whole));
    this.#rest = bytes.slice(whole);
    return this;
  }

  /** @returns {Uint8Array} 32 bytes; nothing may be added afterwards */
  digest() {
    this.#blocks(ending(this.#rest, this.#length));
    const digest = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, i) => digest.setUint32(i * 4, word));
    return new Uint8Array(digest.buffer);
  }

  /** @param {DataView} view  whole blocks of 64 bytes */
  #blocks(view) {
    for (let at = 0; at < view.byteLength; at += 64) {
      for (let i = 0; i < 16; i += 1) this.#words[i] = view.getUint32(at + i * 4);
      mix(this.#state, this.#words);
    }
  }
}

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array} 32 bytes
 */
export function sha256(bytes) {
  return new Sha256().add(bytes).digest();
}

/**
 * @param {Uint8Array} rest  that did not fill a block
 * @param {number} length    of everything, in bytes
 * @returns {DataView} the rest, one set bit, zeros, and the length in bits
 */
function ending(rest, length) {
  const bytes = new Uint8Array(rest.length < 56 ? 64 : 128);
  bytes.set(rest);
  bytes[rest.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 8, Math.floor(length / 2 ** 29));
  view.setUint32(bytes.length - 4, (length * 8) % 2 ** 32);
  return view;
}

/**
 * @param {Uint32Array} state
 * @param {Uint32Array} words  the first sixteen are the block
 */
function mix(state, words) {
  for (let i = 16; i < 64; i += 1) {
    const [old, late] = [words[i - 15], words[i - 2]];
    const small = turn(old, 7) ^ turn(old, 18) ^ (old >>> 3);
    const large = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    words[i] = words[i - 16] + small + words[i - 7] + large;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + rounds[i] + words[i];
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] += word;
  });
}

/**
 * @param {number} word
 * @param {number} places
 */
function turn(word, places) {
  return (word >>> places) | (word << (32 - places));
}

function constants() {
  /** @type {number[]} */
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  /** @param {number} root */
  const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) >>> 0;
  return {
    first: primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))),
    rounds: primes.map((prime) => fraction(Math.cbrt(prime))),
  };
}
