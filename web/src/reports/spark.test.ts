import { describe, expect, it } from "vitest";
import { pieces } from "./Spark";

describe("a line the size of a word", () => {
  it("reaches from the floor to the top", () => {
    expect(pieces([0, 10, 5])).toEqual(["0.0,21.0 50.0,1.0 100.0,11.0"]);
  });

  it("breaks where there is nothing to tell, and draws no line of one point", () => {
    expect(pieces([1, null, 3, 3])).toHaveLength(1);
    expect(pieces([null, 2, null])).toEqual([]);
    expect(pieces([])).toEqual([]);
  });
});
