import { describe, expect, it } from "vitest";
import { inTime } from "./moments";

describe("two moments", () => {
  it("are in order though one is a whole second", () => {
    expect(inTime("2026-11-22T09:00:05Z", "2026-11-22T09:00:05.2Z")).toBeLessThan(0);
    expect(inTime("2026-11-22T09:00:06Z", "2026-11-22T09:00:05.999999Z")).toBeGreaterThan(0);
  });

  it("are told apart by their microseconds", () => {
    expect(inTime("2026-11-22T09:00:05.200001Z", "2026-11-22T09:00:05.200002Z")).toBeLessThan(0);
  });

  it("may be the same", () => {
    expect(inTime("2026-11-22T09:00:05Z", "2026-11-22T09:00:05Z")).toBe(0);
  });
});
