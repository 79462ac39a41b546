import { describe, expect, it } from "vitest";
import { barsOf, peaksOf } from "./wave";

describe("a waveform", () => {
  it("keeps the loudest of each stretch", () => {
    expect(barsOf([10, 90, 20, 30], 2)).toEqual([90, 30]);
  });

  it("stretches a short one", () => {
    expect(barsOf([50, 100], 4)).toEqual([50, 50, 100, 100]);
  });

  it("is a thin line where nothing is known", () => {
    expect(barsOf([], 3)).toEqual([6, 6, 6]);
  });

  it("is made of sound, the loudest place being 100", () => {
    expect(peaksOf(Float32Array.from([0, 0.1, -0.5, 0.25, 0, 0]), 3)).toEqual([20, 100, 0]);
    expect(peaksOf(Float32Array.from([]), 3)).toEqual([]);
    expect(peaksOf(Float32Array.from([0, 0]), 2)).toEqual([0, 0]);
  });
});
