import { describe, expect, it } from "vitest";
import { afterSilence, nextSpeed } from "./player";

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
