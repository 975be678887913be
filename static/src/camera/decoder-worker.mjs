/**
 * Reads QR codes off the page's own thread. Told once where its WebAssembly lies, then sent one
 * picture after the other; each is answered with what it says, or null.
 *
 * A worker keeps to the content policy it is delivered with and not to the page's, so pages need
 * no leave to compile WebAssembly, and browsers that know no such leave can read codes as well.
 */
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

/** @typedef {{ wasm: string } | { id: number, picture: ImageData }} Told */

const here = /** @type {any} */ (globalThis);

here.addEventListener("message", async (/** @type {MessageEvent<Told>} */ { data }) => {
  if ("wasm" in data) {
    prepareZXingModule({ overrides: { locateFile: () => data.wasm } });
    return;
  }
  try {
    const [code] = await readBarcodes(data.picture, { formats: ["QRCode"], maxNumberOfSymbols: 1 });
    here.postMessage({ id: data.id, text: code?.text || null });
  } catch (fault) {
    here.postMessage({ id: data.id, fault: String(fault) });
  }
});
