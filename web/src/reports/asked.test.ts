import { describe, expect, it } from "vitest";
import { readAsked } from "./asked";
import { fromSaved, queryOf, toSave, zoneHere } from "./query";

describe("what a report is about", () => {
  it("is read from the address bar, nonsense left out", () => {
    expect(readAsked({ period: "last_month", channel: ["a", 5, ""], team: "t", tag: "", at_least: "x" })).toEqual({
      period: "last_month",
      channel: ["a"],
      team: ["t"],
    });
  });

  it("takes days of one's own before a name; whether they make sense the screen says", () => {
    expect(readAsked({ from: "2026-11-01", to: "2026-11-03", period: "today" })).toEqual({
      from: "2026-11-01",
      to: "2026-11-03",
    });
    const wrong = { from: "2026-11-03", to: "2026-11-01" };
    expect(readAsked({ ...wrong, period: "today" })).toEqual(wrong);
    expect(readAsked({ from: "soon", to: "later", period: "today" })).toEqual({ period: "today" });
  });

  it("asks the API for whole days, the last one included", () => {
    const query = queryOf({ from: "2026-11-01", to: "2026-11-01" }, "UTC");
    const moments = query as { from: string; to: string };
    expect(Date.parse(moments.to) - Date.parse(moments.from)).toBe(24 * 3_600_000);
  });

  it("asks for the last seven days unless something else is said", () => {
    expect(queryOf({}, "Asia/Seoul")).toEqual({ period: "last_7_days", zone: "Asia/Seoul" });
  });

  it("is a stretch of the period where a point of a chart was opened, and an hour of the week", () => {
    const part = { since: "2026-11-01T10:00:00.000Z", until: "2026-11-01T11:00:00.000Z" };
    expect(queryOf({ period: "today", ...part }, "UTC")).toEqual({ from: part.since, to: part.until, zone: "UTC" });
    expect(readAsked({ ...part, weekday: "0", hour: 9, at: "2026-11-01T10:00:00Z" })).toEqual({
      ...part,
      weekday: 0,
      hour: 9,
      at: "2026-11-01T10:00:00.000Z",
    });
    expect(readAsked({ since: part.until, until: part.since, weekday: 7, hour: 3, at: "soon" })).toEqual({});
    expect(readAsked({ weekday: "", hour: 3 })).toEqual({});
  });

  it("is opened again as it was saved, days of one's own among it", () => {
    const days = { from: "2026-11-01", to: "2026-11-03", tag: "vip" };
    expect(fromSaved(toSave(days, zoneHere()))).toEqual(days);
    expect(fromSaved({ from: "2026-10-31T15:00:00.000Z", to: "2026-11-01T15:00:00.000Z", zone: "Asia/Seoul" })).toEqual(
      { from: "2026-11-01", to: "2026-11-01" },
    );
    expect(fromSaved(toSave({ period: "last_month" }, "UTC"))).toEqual({ period: "last_month" });
  });

  it("is saved without the figure that was looked at", () => {
    expect(toSave({ figure: "reply", weekday: 1, hour: 2, tag: "vip" }, "UTC")).toEqual({
      tag: "vip",
      period: "last_7_days",
      zone: "UTC",
    });
  });
});
