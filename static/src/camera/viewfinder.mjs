/** The camera's living picture in a video element, and single pictures out of its middle. */

const LONGEST = 720; // of the square that is looked at: enough for a code at arm's length
const WANTED = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };

export class Viewfinder {
  /** @type {MediaStream | null} */
  #stream = null;
  #turn = 0;
  #canvas = document.createElement("canvas");

  /** @param {HTMLVideoElement} video */
  constructor(video) {
    this.video = video;
  }

  /** @returns {Promise<boolean>} false without a camera, without leave to use it, or closed meanwhile */
  async open() {
    this.close();
    const turn = this.#turn;
    const devices = navigator.mediaDevices; // missing on pages that did not come over https
    const stream = await devices?.getUserMedia({ video: WANTED, audio: false }).catch(() => null);
    if (!stream) return false;
    if (turn !== this.#turn) {
      end(stream);
      return false;
    }
    this.#stream = stream;
    this.video.srcObject = stream;
    await this.video.play().catch(() => undefined); // the element starts by itself in most browsers
    return true;
  }

  close() {
    this.#turn += 1;
    if (this.#stream) end(this.#stream);
    this.#stream = null;
    this.video.srcObject = null;
    this.#canvas.width = this.#canvas.height = 0;
  }

  get isOpen() {
    return this.#stream !== null;
  }

  /** @returns {ImageData | null} the square in the middle; null until the first picture is there */
  picture() {
    const { videoWidth: width, videoHeight: height } = this.video;
    const edge = Math.min(width, height);
    if (!edge) return null;
    const size = Math.min(edge, LONGEST);
    if (this.#canvas.width !== size) this.#canvas.width = this.#canvas.height = size;
    const pen = this.#canvas.getContext("2d", { willReadFrequently: true });
    pen?.drawImage(this.video, (width - edge) / 2, (height - edge) / 2, edge, edge, 0, 0, size, size);
    return pen?.getImageData(0, 0, size, size) ?? null;
  }

  /** Whether it has a light that can be switched on: stairwells are dark. */
  get hasLight() {
    const [track] = this.#stream?.getVideoTracks() ?? [];
    return Boolean(track?.getCapabilities && /** @type {any} */ (track.getCapabilities()).torch);
  }

  /** @param {boolean} isOn */
  async light(isOn) {
    const [track] = this.#stream?.getVideoTracks() ?? [];
    await track?.applyConstraints(/** @type {any} */ ({ advanced: [{ torch: isOn }] })).catch(() => undefined);
  }
}

/** @param {MediaStream} stream */
function end(stream) {
  for (const track of stream.getTracks()) track.stop();
}
