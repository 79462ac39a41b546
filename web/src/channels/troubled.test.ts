import { describe, expect, it } from "vitest";
import type { Channel } from "../api/types";
import { beginning, mendsItself, nameOf, troubled } from "./troubled";

const SINCE = "2026-03-02T14:02:00Z";
const LATER = Date.parse(SINCE) + 60_000;

const channel = (state: Channel["connection"]["state"], more: Partial<Channel> = {}): Channel =>
  ({ id: state, enabled: true, connection: { state, since: SINCE, detail: "" }, ...more }) as Channel;

describe("what is told of the channels", () => {
  it("is those that do not work, and neither those that begin nor those switched off", () => {
    const all = [
      channel("connected"),
      channel("connecting"),
      channel("disabled"),
      channel("disconnected", { enabled: false }),
      channel("disconnected"),
      channel("bad_credentials"),
      channel("unknown_error"),
    ];
    expect(troubled(all, LATER)).toEqual(all.slice(4));
  });

  it("is a lost connection once it lasts, for the hub mends most of them sooner", () => {
    const lost = [channel("disconnected")];
    expect(troubled(lost, Date.parse(SINCE) + 9_999)).toEqual([]);
    expect(troubled(lost, Date.parse(SINCE) + 10_000)).toEqual(lost);
  });

  it("is at once what a person has to mend", () => {
    const refused = [channel("bad_credentials"), channel("unknown_error")];
    expect(troubled(refused, Date.parse(SINCE))).toEqual(refused);
  });

  it("says that the hub goes on trying only if it does so with all of them", () => {
    expect(mendsItself(troubled([channel("disconnected")]))).toBe(true);
    expect(mendsItself(troubled([channel("disconnected"), channel("bad_credentials")]))).toBe(false);
  });

  it("names the next trouble of a channel otherwise, so that it is told again", () => {
    const first = channel("disconnected");
    expect(nameOf({ ...first })).toBe(nameOf(first));
    expect(nameOf({ ...first, connection: { ...first.connection, since: "2026-03-02T15:00:00Z" } })).not.toBe(
      nameOf(first),
    );
  });
});

describe("when a trouble began", () => {
  const at = new Date(2026, 2, 2, 14, 2);

  it.each([
    ["pl", new Date(2026, 2, 2, 23), "14:02"],
    ["pl", new Date(2026, 2, 3, 1), "2 mar, 14:02"],
    ["ko", new Date(2026, 2, 3, 1), "3월 2일 오후 02:02"],
  ])("in %s", (language, now, words) => {
    expect(beginning(at, now, language)).toBe(words);
  });
});
