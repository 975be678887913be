import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";

import { soon } from "../../static/src/offline/soon.mjs";

test("what is asked for first is done at once, and a flurry after it once more", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let done = 0;
  const ask = soon(async () => {
    done += 1;
  });

  ask();
  assert.equal(done, 1);
  for (let news = 0; news < 5; news += 1) {
    await turn();
    ask();
  }
  assert.equal(done, 1);

  context.mock.timers.tick(150);
  await turn();
  assert.equal(done, 2);
});

test("what is asked for while it is under way is done once more", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let done = 0;
  /** @type {() => void} */
  let finish = () => {};
  const ask = soon(() => {
    done += 1;
    return new Promise((resolve) => { finish = resolve; });
  });

  ask();
  ask();
  ask();
  assert.equal(done, 1);
  finish();
  await turn();
  context.mock.timers.tick(150);
  await turn();
  assert.equal(done, 2);
});
