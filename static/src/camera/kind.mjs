/** What kind of picture a file is, by its first bytes: names and types given by phones are often empty. */

/** As `ftyp` names them: the brands under which phones write HEIC. */
const HEIC_BRANDS = ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"];

/**
 * @param {Uint8Array} head  the first twelve bytes, or more
 * @returns {"image/jpeg" | "image/png" | "image/webp" | "image/heic" | ""} one that the service takes, or none
 */
export function pictureKind(head) {
  const text = String.fromCharCode(...head.subarray(0, 12));
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("RIFF") && text.slice(8) === "WEBP") return "image/webp";
  if (text.slice(4, 8) === "ftyp" && HEIC_BRANDS.includes(text.slice(8))) return "image/heic";
  return "";
}
