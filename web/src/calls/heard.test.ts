import { describe, expect, it } from "vitest";
import { Heard } from "./heard";

describe("what was heard", () => {
  it("is one stretch while it plays", () => {
    const heard = new Heard();
    for (const second of [0, 0.25, 0.5, 1]) heard.at(second, false);
    expect(heard.take()).toEqual([[0, 1]]);
    expect(heard.take()).toEqual([]);
  });

  it("leaves out what was jumped over", () => {
    const heard = new Heard();
    heard.at(0, false);
    heard.at(1, false);
    heard.jump(30);
    heard.at(30.5, false);
    expect(heard.take()).toEqual([
      [0, 1],
      [30, 30.5],
    ]);
  });

  it("goes on after it was told", () => {
    const heard = new Heard();
    heard.at(0, false);
    heard.at(1, false);
    heard.take();
    heard.at(2, false);
    expect(heard.take()).toEqual([[1, 2]]);
  });
});
