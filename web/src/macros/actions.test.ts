import { expect, test } from "vitest";
import { begun, isWhole, KINDS } from "./actions";

test("an action begins as its kind, and tells what is still to be chosen", () => {
  const whole = KINDS.filter((kind) => isWhole(begun(kind, "en")));
  expect(KINDS.map((kind) => begun(kind, "en").do)).toEqual(KINDS);
  expect(whole).toEqual(["assign", "assign_team", "set_priority", "set_state", "notify", "stop_bot"]);
});

test("a reply is whole once every language has its words", () => {
  expect(isWhole({ do: "reply", texts: { en: "Hello", pl: " " } })).toBe(false);
  expect(isWhole({ do: "reply", texts: { en: "Hello", pl: "Cześć" } })).toBe(true);
});
