/** Who is told how the service comes onto the home screen, and when. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { hintFor } from "../../static/src/offline/install-hint.mjs";

const SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
const WECHAT_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50 NetType/4G Language/zh_CN";
const WECHAT_ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Version/4.0 Chrome/138.0 Mobile Safari/537.36 XWEB/1380 MMWEBSDK/2024 MicroMessenger/8.0.65";
const CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Mobile Safari/537.36";
const CHROME_IPHONE = SAFARI.replace("Version/17.5", "CriOS/138.0");
const IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15";

const hint = (userAgent, more = {}) => hintFor({ userAgent, touchPoints: 5, isInstalled: false, isOffered: false, hasFinished: true, ...more });

test("an iPhone in Safari is told of the share mark, an iPad too, a Mac is not", () => {
  assert.equal(hint(SAFARI), "share");
  assert.equal(hint(IPAD), "share");
  assert.equal(hint(IPAD, { touchPoints: 0 }), null);
});

test("a browser that offers it is asked for it; one that does not is left in peace", () => {
  assert.equal(hint(CHROME, { isOffered: true }), "install");
  assert.equal(hint(CHROME), null);
  assert.equal(hint(CHROME_IPHONE), null);
  assert.equal(hint(WECHAT_ANDROID), null);
});

test("nobody is asked before the first visit is finished, nor from the home screen", () => {
  assert.equal(hint(SAFARI, { hasFinished: false }), null);
  assert.equal(hint(CHROME, { hasFinished: false, isOffered: true }), null);
  assert.equal(hint(SAFARI, { isInstalled: true }), null);
});

test("inside WeChat on an iPhone the way to Safari is shown before any work is done", () => {
  assert.equal(hint(WECHAT_IPHONE, { hasFinished: false }), "safari");
});
