import { describe, expect, it } from "vitest";
import { timeStep } from "./options";

describe("a scale of time", () => {
  it.each([
    [4, 1],
    [50, 15],
    [240, 60],
    [4000, 900],
    [80_000, 21_600],
    [10_000_000, 2_419_200],
  ])("up to %d s has a line every %d s", (largest, step) => {
    expect(timeStep(largest)).toBe(step);
  });
});
