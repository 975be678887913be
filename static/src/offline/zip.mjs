/**
 * A ZIP of files that are stored as they are: photographs are compressed already, and a phone
 * that cannot send has better things to do.
 *
 * @typedef {{ name: string, bytes: Uint8Array }} Entry
 */

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const NAMES_ARE_UTF8 = 0x0800;
const DAY = 0x21; // 1 January 1980: the format has to have one, and the files carry their own times

const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;

const REMAINDERS = Uint32Array.from({ length: 256 }, (_each, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/**
 * @param {Entry[]} entries
 * @returns {Uint8Array[]} the file, in pieces, so that nothing is copied
 */
export function zipped(entries) {
  const encoder = new TextEncoder();
  const pieces = [];
  const table = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const facts = { name: encoder.encode(name), crc: crc32(bytes), size: bytes.byteLength, offset };
    pieces.push(localHeader(facts), bytes);
    table.push(centralHeader(facts));
    offset += LOCAL_BYTES + facts.name.byteLength + facts.size;
  }
  const tableBytes = table.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return [...pieces, ...table, endOf(entries.length, tableBytes, offset)];
}

/**
 * @param {string} name
 * @param {number} size
 * @returns {number} how many bytes an entry takes up in the file
 */
export function entryBytes(name, size) {
  return LOCAL_BYTES + CENTRAL_BYTES + 2 * name.length + size;
}

/** @typedef {{ name: Uint8Array, crc: number, size: number, offset: number }} Facts */

/** @param {Facts} facts */
function localHeader({ name, crc, size }) {
  const header = new DataView(new ArrayBuffer(LOCAL_BYTES + name.byteLength));
  header.setUint32(0, LOCAL, true);
  describe(header, 4, { name, crc, size });
  new Uint8Array(header.buffer).set(name, LOCAL_BYTES);
  return new Uint8Array(header.buffer);
}

/** @param {Facts} facts */
function centralHeader({ name, crc, size, offset }) {
  const header = new DataView(new ArrayBuffer(CENTRAL_BYTES + name.byteLength));
  header.setUint32(0, CENTRAL, true);
  header.setUint16(4, VERSION, true);
  describe(header, 6, { name, crc, size });
  header.setUint32(42, offset, true);
  new Uint8Array(header.buffer).set(name, CENTRAL_BYTES);
  return new Uint8Array(header.buffer);
}

/**
 * What both headers say of an entry, in the same order.
 *
 * @param {DataView} header
 * @param {number} at
 * @param {{ name: Uint8Array, crc: number, size: number }} facts
 */
function describe(header, at, { name, crc, size }) {
  header.setUint16(at, VERSION, true);
  header.setUint16(at + 2, NAMES_ARE_UTF8, true);
  header.setUint16(at + 8, DAY, true);
  header.setUint32(at + 10, crc, true);
  header.setUint32(at + 14, size, true);
  header.setUint32(at + 18, size, true);
  header.setUint16(at + 22, name.byteLength, true);
}

/**
 * @param {number} count
 * @param {number} tableBytes
 * @param {number} offset
 */
function endOf(count, tableBytes, offset) {
  const end = new DataView(new ArrayBuffer(END_BYTES));
  end.setUint32(0, END, true);
  end.setUint16(8, count, true);
  end.setUint16(10, count, true);
  end.setUint32(12, tableBytes, true);
  end.setUint32(16, offset, true);
  return new Uint8Array(end.buffer);
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = REMAINDERS[(rest ^ byte) & 0xff] ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}
