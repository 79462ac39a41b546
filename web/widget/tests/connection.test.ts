import { describe, expect, it } from "vitest";
import { pause } from "../src/connection";

describe("the pause before the next try", () => {
  it("doubles and ends at 30 s", () => {
    expect([0, 1, 2, 3, 10].map((tries) => pause(tries, () => 1))).toEqual([1000, 2000, 4000, 8000, 30_000]);
  });

  it("is never in step: half of it is chance", () => expect(pause(3, () => 0)).toBe(4000));
});
