import { describe, expect, it } from "vitest";
import { slashAt } from "./slash";

const asked = (text: string) => slashAt(text, text.length)?.asked;

describe("a slash asks for a saved reply", () => {
  it.each([
    ["/", ""],
    ["/hi", "hi"],
    ["Hello\n/deli", "deli"],
    ["Hello /where is", "where is"],
    ["/배송", "배송"],
  ])("%j asks for %j", (text, words) => expect(asked(text)).toBe(words));

  it.each(["and/or", "https://a.b", "1 / 2", "/a/b", "/hi\n", "", `/${"x".repeat(41)}`])("%j does not", (text) =>
    expect(asked(text)).toBeUndefined(),
  );

  it("looks at what stands before the caret", () =>
    expect(slashAt("Dear /hi, see you", 8)).toEqual({ start: 5, end: 8, asked: "hi" }));
});
