import { expect, it } from "vitest";
import { clock } from "./clock";

it.each([
  [-5, "0:00"],
  [7_900, "0:07"],
  [760_000, "12:40"],
  [3_723_000, "1:02:03"],
])("%d ms is shown as %s", (ms, words) => {
  expect(clock(ms)).toBe(words);
});
