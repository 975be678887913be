/**
 * Shrink the pictures of a file field before its form is sent, so that a stranger's phone sends
 * some hundred kilobytes and not its camera's ten megabytes; place and time stay on the phone.
 *
 * The form remains an ordinary one. What cannot be shrunk is left to the service, which says
 * what is wrong with it; a browser that lets no script fill a file field sends what was chosen.
 */
import { takePhoto } from "../camera/take.mjs";

/** @param {HTMLElement} field */
export default function shrinkFiles(field) {
  const input = /** @type {HTMLInputElement | null} */ (field.querySelector("input[type=file]"));
  if (!input || !input.form) return;
  let isShrunk = true;
  let atWork = Promise.resolve();
  input.addEventListener("change", () => {
    isShrunk = false;
    atWork = shrink(input).finally(() => (isShrunk = true));
  });
  const { form } = input;
  const send = () => (form.requestSubmit ? form.requestSubmit() : form.submit());
  const wait = (/** @type {Event} */ event) => {
    if (isShrunk) return;
    event.preventDefault();
    atWork.then(send);
  };
  form.addEventListener("submit", wait, true); // before anything marks the form as sent
}

/** @param {HTMLInputElement} input */
async function shrink(input) {
  const chosen = Array.from(input.files ?? []);
  const small = [];
  for (const file of chosen) small.push(await shrunk(file));
  if (!chosen.every((file, at) => input.files?.[at] === file)) return; // chosen anew in the meantime
  const carried = carrier();
  if (!carried) return;
  for (const file of small) carried.items.add(file);
  input.files = carried.files;
}

/**
 * @param {File} file
 * @returns {Promise<File>}
 */
async function shrunk(file) {
  try {
    const { bytes, type } = await takePhoto(file, { source: "gallery" });
    return new File([bytes], "picture.jpg", { type });
  } catch {
    return file;
  }
}

/** @returns {DataTransfer | null} what alone can fill a file field, if this browser lets one be made */
function carrier() {
  try {
    return new DataTransfer();
  } catch {
    return null;
  }
}
