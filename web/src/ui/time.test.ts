import { describe, expect, it } from "vitest";
import { ago, dayName, daysBetween, duration, fileSize, span, urgency, when } from "./time";
import { initials } from "./Face";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = new Date(2026, 10, 22, 15, 0);
const before = (ms: number) => new Date(now.getTime() - ms);

describe("how long a customer has waited", () => {
  it.each([
    [42_000, "42s"],
    [12 * MINUTE, "12m"],
    [3 * HOUR + 5 * MINUTE, "3h 5m"],
    [2 * HOUR, "2h"],
    [2 * DAY + 4 * HOUR, "2d 4h"],
    [-5000, "0s"],
  ])("%d ms is %s", (ms, words) => {
    expect(span(ms, "en")).toBe(words);
  });

  it("is said in the reader's language", () => {
    expect(span(3 * HOUR + 5 * MINUTE, "ko")).toBe("3시간 5분");
    expect(span(2 * DAY, "pl", "long")).toBe("2 dni");
  });

  it.each([
    [1, "1 godzina"],
    [3, "3 godziny"],
    [5, "5 godzin"],
    [22, "22 godziny"],
  ])("%d hours in Polish are %s", (hours, words) => {
    expect(span(hours * HOUR, "pl", "long")).toBe(words);
  });

  it("draws the eye after an hour and after a day", () => {
    expect([59 * MINUTE, HOUR, DAY].map(urgency)).toEqual(["fresh", "waiting", "late"]);
  });
});

describe("when something was", () => {
  it("is the time today, the weekday this week, else the date", () => {
    expect(when(before(2 * HOUR), now, "en-GB")).toBe("13:00");
    expect(when(before(3 * DAY), now, "en-GB")).toBe("Thu");
    expect(when(before(30 * DAY), now, "en-GB")).toBe("23 Oct");
    expect(when(before(400 * DAY), now, "en-GB")).toBe("18 Oct 2025");
  });

  it("counts days by the calendar, not by hours", () => {
    expect(daysBetween(new Date(2026, 10, 21, 23, 59), new Date(2026, 10, 22, 0, 1))).toBe(1);
  });

  it("names today and yesterday in words", () => {
    expect(["en", "ko", "pl"].map((locale) => dayName(before(DAY), now, locale))).toEqual([
      "Yesterday",
      "어제",
      "Wczoraj",
    ]);
  });

  it("is said relative to now with the right plural", () => {
    expect(ago(before(5 * HOUR), now, "pl")).toBe("5 godzin temu");
    expect(ago(before(2 * HOUR), now, "pl")).toBe("2 godziny temu");
    expect(ago(before(2 * DAY), now, "ko")).toBe("그저께");
    expect(ago(new Date(now.getTime() + 3 * DAY), now, "en")).toBe("in 3 days");
  });
});

it("lengths and sizes are short", () => {
  expect(duration(74.6)).toBe("1:15");
  expect([900, 184_320, 2_400_000].map((size) => fileSize(size, "en"))).toEqual(["900 bytes", "184 kB", "2.4 MB"]);
});

describe("the letters that stand for a person", () => {
  it.each([
    ["Olivia Martin", "OM"],
    ["김서연", "서연"],
    ["Łukasz", "Ł"],
    ["", "?"],
    ["😀", "?"],
  ])("%s is %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
