import { expect, test } from "vitest";
import { begin, chosen, FIELDS, moved, OPS } from "./rules";

test("a trigger by the clock stands alone, and goes when another is chosen", () => {
  expect(chosen(["message_in"], ["message_in", "idle"])).toEqual(["idle"]);
  expect(chosen(["idle"], ["idle", "message_in"])).toEqual(["message_in"]);
  expect(chosen(["message_in"], ["message_in", "opened"])).toEqual(["message_in", "opened"]);
});

test("a rule moves to its new place and the others close up", () => {
  expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
});

test("each field can be compared", () => {
  for (const field of FIELDS) expect(OPS[field].length).toBeGreaterThan(0);
});

test("an answer outside hours begins with good manners", () => {
  const body = begin("away", "pl", "Zamknięte");
  expect(body.auto_reply).toBe(true);
  expect(body.actions).toEqual([{ do: "reply", texts: { pl: "Zamknięte" } }]);
});
