import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useLive } from "./clock";

function Clock() {
  return useLive((now) => String(now));
}

/** Shows a clock on a screen of its own; returns what it shows, and how to leave. */
async function shown(): Promise<{ words: string; leave: () => Promise<void> }> {
  const place = document.createElement("div");
  const root = createRoot(place);
  await act(async () => root.render(createElement(Clock)));
  return { words: place.textContent, leave: async () => act(async () => root.unmount()) };
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("the first clock on a screen shows the time of now, not of when the last one was shown", async () => {
  await (await shown()).leave();
  vi.setSystemTime(600_000);
  const again = await shown();
  expect(again.words).toBe("600000");
  await again.leave();
});
