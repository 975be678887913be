/** Do something after a flurry of news, once. */

const CALM_MS = 150;

/**
 * @param {() => Promise<void>} work
 * @returns {() => void} asks for it; asked while it is under way, it is done once more
 */
export function soon(work) {
  let isAtWork = false;
  let isAsked = false;
  const workOff = async () => {
    isAtWork = true;
    try {
      while (isAsked) {
        await new Promise((resolve) => setTimeout(resolve, CALM_MS));
        isAsked = false;
        await work();
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
