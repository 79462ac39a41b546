import { expect, it } from "vitest";
import { newId } from "./ids";

it("a new id is a UUID of version 7", () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it("ids sort by the time they were made", () => {
  const made = [newId(1_000_000_000_000), newId(1_700_000_000_000), newId(1_795_000_000_000)];
  expect(made.toSorted()).toEqual(made);
});
