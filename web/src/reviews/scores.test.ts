import { expect, it } from "vitest";
import { moved, spanOf } from "./scores";

const cell = (mean: number | null) => ({
  begins: "2026-01-05T00:00:00Z",
  mean,
  n: 1,
  failed: 0,
  lowest: null,
  highest: null,
});
const series = (...means: (number | null)[]) => ({
  by: "all" as const,
  key: "",
  mean: 80,
  n: 3,
  cells: means.map(cell),
});

it("says how far the mean moved from the first period with reviews to the last one", () => {
  expect(moved(series(null, 70, null, 82.5, null))).toBe(12.5);
});

it("says nothing of a single period", () => {
  expect(moved(series(null, 70, null))).toBeNull();
});

it("begins a span at the beginning of a day", () => {
  const { since, until } = spanOf("month", new Date(2026, 5, 15, 13, 30));
  expect([new Date(since).getHours(), Date.parse(until) - Date.parse(since)]).toEqual([
    0,
    (30 * 24 + 13.5) * 3_600_000,
  ]);
});
