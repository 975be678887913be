/**
 * A file that is not taken, said before anything of it is stored. The reason is the key of a
 * sentence among the words of the page: photo_empty, photo_unreadable, photo_no_picture or
 * photo_too_large.
 */
export class PhotoRefused extends Error {
  /** @param {"photo_empty" | "photo_unreadable" | "photo_no_picture" | "photo_too_large"} reason */
  constructor(reason) {
    super(reason);
    this.name = "PhotoRefused";
    this.reason = reason;
  }
}
