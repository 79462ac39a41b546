import { describe, expect, it } from "vitest";
import { callsInQueue, change, main, NONE } from "./numbers";
import type { Value } from "./queries";

const value = (more: Partial<Value>): Value => ({
  figure: "reply",
  n: 40,
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
    const time = { unit: "seconds", lower_is_better: true } as const;
    const better = { words: "-50%", points: false, tone: "good" };
    expect(change(value({ p50: 50, before, change: -0.5 }), time, "en")).toEqual(better);
    expect(change(value({ p50: 150, before, change: 0.5 }), time, "en")?.tone).toBe("bad");
    expect(change(value({ before, change: 0.5 }), { ...time, lower_is_better: null }, "en")?.tone).toBe("plain");
    expect(change(value({}), time, "en")).toBeNull();
  });

  it("show what a handful had before without a change: it would move with every single one", () => {
    const time = { unit: "seconds", lower_is_better: true } as const;
    const before = (n: number) => value({ n, p50: 352 });
    const moved = (n: number) => change(value({ p50: 3382, before: before(n), change: 8.6 }), time, "en");
    expect(moved(9)).toEqual({ words: "", points: false, tone: "plain" });
    expect(moved(10)).toMatchObject({ words: "+860%", tone: "bad" });
  });

  it("say by how many points a share moved, since a percentage of a percentage misleads", () => {
    const share = { unit: "share", lower_is_better: false } as const;
    const half = value({ value: 0.5 });
    const up = { words: "+3.8", points: true, tone: "good" };
    expect(change(value({ value: 0.538, before: half, change: 0.076 }), share, "en")).toEqual(up);
    expect(change(value({ value: 0.5, before: half, change: 0 }), share, "en")).toMatchObject({ words: "0" });
    const nothing = value({ value: 0 });
    expect(change(value({ value: 0.2, before: nothing }), share, "en")).toMatchObject({ words: "+20" });
    expect(change(value({ before: half }), share, "en")).toBeNull();
  });
});

describe("calls in queue", () => {
  it("are those of every line's queue, without the calls somebody has answered", () => {
    const queue = (calls: number) => ({ line_id: null, calls, oldest: "2026-03-02T10:00:00.000Z" });
    expect(callsInQueue({ queues: [queue(2), queue(1)] })).toBe(3);
    expect(callsInQueue({ queues: [] })).toBe(0);
  });
});
