import { expect, it } from "vitest";
import { countOf, filtersOf, filtersOfRule, readReviewSearch, ruleOf } from "./search";

it("takes a queue and a second from the address bar", () => {
  expect(readReviewSearch({ queue: "long", t: 12.5 })).toEqual({ queue: "long", t: 12.5 });
});

it("lets fall away what makes no sense", () => {
  const raw = { queue: "../x", t: "soon", reviewed: "maybe", agent: [7, ""], order: "best", min_seconds: -3 };
  expect(readReviewSearch(raw)).toEqual({});
});

it("keeps every filter that does", () => {
  const asked = { agent: ["a"], reviewed: false, within_days: 30, score_below: 70, failed: true, order: "longest" };
  expect(readReviewSearch({ ...asked, queue: "long", q: "refund" })).toEqual({ ...asked, queue: "long", q: "refund" });
});

it("gives a rule back as it was, from filters and to filters", () => {
  const filters = { agent: ["a"], team: ["b"], channel: ["c"], reviewed: false, sample: 5, order: "oldest" as const };
  const rule = {
    direction: null,
    appealed: null,
    commented: null,
    failed: null,
    recorded: null,
    max_seconds: null,
    min_seconds: null,
    new_agents: null,
    score_below: null,
    score_from: null,
    within_days: null,
    salt: 0,
    ...ruleOf(filters),
  };
  expect(filtersOfRule(rule as Parameters<typeof filtersOfRule>[0])).toEqual(filters);
});

it("counts filters, not the order or the queue", () => {
  expect(countOf(filtersOf({ queue: "long", t: 3, order: "oldest", reviewed: true, agent: ["a"] }))).toBe(2);
});
