import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { paced } from "./paced";

describe("keys that are sent one after another", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("are sent at once when nothing was sent before, and else after a gap, in order", () => {
    const sent: string[] = [];
    const keys = paced((key) => sent.push(key), 250);
    keys.add("4");
    keys.add("71");
    expect(sent).toEqual(["4"]);
    vi.advanceTimersByTime(249);
    expect(sent).toEqual(["4"]);
    vi.advanceTimersByTime(251);
    expect(sent).toEqual(["4", "7", "1"]);
    keys.add("#");
    expect(sent).toEqual(["4", "7", "1"]);
    vi.advanceTimersByTime(250);
    expect(sent).toEqual(["4", "7", "1", "#"]);
  });

  it("are forgotten when the call is over", () => {
    const sent: string[] = [];
    const keys = paced((key) => sent.push(key), 250);
    keys.add("47");
    keys.stop();
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual(["4"]);
  });
});
