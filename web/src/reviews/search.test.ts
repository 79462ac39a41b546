import { expect, it } from "vitest";
import { readReviewSearch } from "./search";

it("takes a queue and a second from the address bar", () => {
  expect(readReviewSearch({ queue: "long", t: 12.5 })).toEqual({ queue: "long", t: 12.5 });
});

it("lets fall away what makes no sense", () => {
  expect(readReviewSearch({ queue: "../x", t: "soon" })).toEqual({});
});

it("does not take a second before the beginning", () => {
  expect(readReviewSearch({ t: -3 })).toEqual({});
});
