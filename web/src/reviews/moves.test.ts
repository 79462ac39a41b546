import { describe, expect, it } from "vitest";
import { afterSilence, nextSpeed, spansIn } from "./moves";

describe("skipping silence", () => {
  const silences = [
    [4, 9],
    [20, 22],
  ] as const;

  it("goes on shortly before somebody speaks again", () => {
    expect(afterSilence(5, silences)).toBe(8.75);
  });

  it("leaves alone where somebody speaks", () => {
    expect(afterSilence(12, silences)).toBeNull();
  });

  it("does not jump again from where it has just jumped to", () => {
    expect(afterSilence(8.75, silences)).toBeNull();
  });
});

describe("the speed", () => {
  it("goes one step up and down", () => {
    expect([nextSpeed(1, 1), nextSpeed(1, -1)]).toEqual([1.25, 0.75]);
  });

  it("stays at its ends", () => {
    expect([nextSpeed(2, 1), nextSpeed(0.5, -1)]).toEqual([2, 0.5]);
  });
});

it("places holds in the recording, and leaves out what was before or after it", () => {
  const at = (second: number) => new Date(Date.UTC(2026, 0, 5, 9, 0, second)).toISOString();
  const holds = [
    { began_at: at(2), ended_at: at(4) },
    { began_at: at(15), ended_at: at(25) },
    { began_at: at(55), ended_at: null },
  ];
  expect(spansIn(holds, at(10), 50)).toEqual([
    [5, 15],
    [45, 50],
  ]);
});
