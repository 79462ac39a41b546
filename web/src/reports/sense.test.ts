import { describe, expect, it } from "vitest";
import { gone, nonsense } from "./sense";

describe("what makes no sense to ask", () => {
  it.each([
    ["2026-11-01", "2026-11-30", null],
    ["2024-02-29", "2024-02-29", null],
    ["2026-02-31", "2026-03-01", "day"],
    ["2026-13-01", "2026-13-02", "day"],
    ["2026-11-30", "2026-11-01", "order"],
    ["1900-01-01", "1900-01-02", "years"],
    ["2026-01-01", "2200-01-01", "years"],
    ["2020-01-01", "2026-01-01", "long"],
    ["2023-01-01", "2026-01-04", null],
    ["2023-01-01", "2026-01-05", "long"],
  ])("from %s to %s: %s", (from, to, found) => {
    expect(nonsense({ from, to })).toBe(found);
  });

  it("is never a period by name", () => {
    expect(nonsense({ period: "today" })).toBeNull();
  });

  it("is a channel, team or agent that is none", () => {
    expect(nonsense({ team: ["none", "01a208a6-3ac8-70c5-9c6d-29369f0dbbd3"] })).toBeNull();
    expect(nonsense({ team: ["shop"] })).toBe("who");
  });

  it("names whom there is no more, once it is known who there is", () => {
    const asked = { team: ["t1", "t2", "none"], agent: ["a1"] };
    const known = { channel: undefined, team: new Set(["t1"]), agent: new Set(["a1"]) };
    expect(gone(asked, known)).toEqual(["t2"]);
    expect(gone({ channel: ["c1"] }, known)).toEqual([]);
  });
});
