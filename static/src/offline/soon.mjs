/** Do something at news, and once for all of a flurry that follows: rows that moved late were missed by the finger. */

const CALM_MS = 150;

/**
 * @param {() => Promise<void>} work
 * @returns {() => void} asks for it; asked while it is under way or was done just now, it is done once more
 */
export function soon(work) {
  let isAtWork = false;
  let isAsked = false;
  let calmAt = 0;
  const workOff = async () => {
    isAtWork = true;
    try {
      while (isAsked) {
        const early = calmAt - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        isAsked = false;
        await work();
        calmAt = performance.now() + CALM_MS;
      }
    } finally {
      isAtWork = false;
    }
  };
  return () => {
    isAsked = true;
    if (!isAtWork) workOff();
  };
}
