import { describe, expect, it } from "vitest";
import { callsInQueue, change, main, NONE } from "./numbers";
import type { Value } from "./queries";

const value = (more: Partial<Value>): Value => ({
  figure: "reply",
  n: 4,
  value: null,
  p50: null,
  p90: null,
  longest: null,
  mean: null,
  before: null,
  change: null,
  ...more,
});

describe("figures", () => {
  it("show a dash where there is nothing, never 0", () => {
    expect(main(value({ n: 0 }), "seconds", "en")).toBe(NONE);
    expect(main(value({ n: 0 }), "share", "en")).toBe(NONE);
    expect(main(undefined, "number", "en")).toBe(NONE);
  });

  it("show times by their median, shares in percent", () => {
    expect(main(value({ p50: 754 }), "seconds", "en")).toBe("12m");
    expect(main(value({ value: 0.934 }), "share", "en")).toBe("93.4%");
  });

  it("show times under ten minutes to the second", () => {
    const times = [59.9, 60, 74.2, 599, 600, 754].map((p50) => main(value({ p50 }), "seconds", "en"));
    expect(times).toEqual(["59s", "1m", "1m 14s", "9m 59s", "10m", "12m"]);
  });

  it("show a time that is known by its mean, as the speed of answer is, by that", () => {
    expect(main(value({ value: 40, mean: 40, p50: 20 }), "seconds", "en")).toBe("40s");
  });

  it("say whether a change is good", () => {
    const before = value({ p50: 100 });
    expect(change(value({ p50: 50, before, change: -0.5 }), true, "en")).toEqual({ words: "-50%", tone: "good" });
    expect(change(value({ p50: 150, before, change: 0.5 }), true, "en")?.tone).toBe("bad");
    expect(change(value({ before, change: 0.5 }), null, "en")?.tone).toBe("plain");
    expect(change(value({}), true, "en")).toBeNull();
  });
});

describe("calls in queue", () => {
  it("are those of every line's queue, without the calls somebody has answered", () => {
    const queue = (calls: number) => ({ line_id: null, calls, oldest: "2026-03-02T10:00:00.000Z" });
    expect(callsInQueue({ queues: [queue(2), queue(1)] })).toBe(3);
    expect(callsInQueue({ queues: [] })).toBe(0);
  });
});
