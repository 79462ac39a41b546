import { describe, expect, it } from "vitest";
import { aRow, ME, minute } from "../test/builders";
import { compareRows, DEFAULT_FILTER, filterOf, matches, readSearch, searchOf } from "./filter";

describe("filters in the address bar", () => {
  it("are empty for the usual list", () => {
    expect(searchOf(DEFAULT_FILTER)).toEqual({});
  });

  it("come back as they went in", () => {
    const filter = {
      ...DEFAULT_FILTER,
      view: "mine" as const,
      channel: ["a", "b"],
      waiting: true,
      sort: "newest" as const,
    };
    expect(filterOf(readSearch({ ...searchOf(filter) }))).toEqual(filter);
  });

  it("take a single word for a list of one", () => {
    expect(readSearch({ channel: "a", state: "resolved" })).toEqual({ channel: ["a"], state: ["resolved"] });
  });

  it("drop what makes no sense", () => {
    expect(readSearch({ view: "theirs", state: ["lost"], sort: 7, waiting: "perhaps", team: [null, ""] })).toEqual({});
  });
});

describe("which rows a list shows", () => {
  it("mine are mine, unassigned are nobody's", () => {
    expect(matches(aRow({ assignee_id: ME }), { ...DEFAULT_FILTER, view: "mine" }, ME)).toBe(true);
    expect(matches(aRow({ assignee_id: ME }), { ...DEFAULT_FILTER, view: "unassigned" }, ME)).toBe(false);
    expect(matches(aRow(), { ...DEFAULT_FILTER, view: "unassigned" }, ME)).toBe(true);
  });

  it("several tags mean any of them", () => {
    expect(matches(aRow({ tags: ["vip"] }), { ...DEFAULT_FILTER, tag: ["refund", "vip"] }, ME)).toBe(true);
    expect(matches(aRow({ tags: [] }), { ...DEFAULT_FILTER, tag: ["vip"] }, ME)).toBe(false);
  });

  it("a filter by team leaves out what has none", () => {
    expect(matches(aRow({ team_id: null }), { ...DEFAULT_FILTER, team: ["t"] }, ME)).toBe(false);
  });
});

describe("the order of a list", () => {
  const rows = [
    aRow({ id: "calm", waiting_since: null, last_at: minute(50) }),
    aRow({ id: "late", waiting_since: minute(30) }),
    aRow({ id: "early", waiting_since: minute(1) }),
    aRow({ id: "old", waiting_since: null, last_at: minute(2) }),
  ];

  it("longest wait first, then the newest", () => {
    expect(rows.toSorted(compareRows("waiting")).map((row) => row.id)).toEqual(["early", "late", "calm", "old"]);
  });

  it("or simply the newest first", () => {
    expect(
      rows
        .toSorted(compareRows("newest"))
        .map((row) => row.id)
        .slice(0, 2),
    ).toEqual(["calm", "old"]);
  });
});
