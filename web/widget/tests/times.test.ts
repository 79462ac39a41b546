import { describe, expect, it } from "vitest";
import { dayName } from "../src/times";

const now = new Date(2026, 10, 22, 9, 30);

describe("a day's name", () => {
  it.each([
    [new Date(2026, 10, 22, 0, 1), "en", "Today"],
    [new Date(2026, 10, 21, 23, 59), "pl", "Wczoraj"],
    [new Date(2026, 10, 21, 23, 59), "ko", "어제"],
    [new Date(2026, 10, 16), "pl", "poniedziałek, 16 listopada"],
    [new Date(2025, 11, 31), "en", "Wednesday, December 31, 2025"],
  ] as const)("%s in %s is %s", (at, language, name) => expect(dayName(at, now, language)).toBe(name));
});
