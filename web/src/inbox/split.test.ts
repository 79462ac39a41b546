import { describe, expect, it } from "vitest";
import { splitText } from "./split";

describe("cutting a text", () => {
  it.each([
    ["nothing is cut that fits", "short", 10, ["short"]],
    ["between words", "one two three", 7, ["one two", "three"]],
    ["after a sentence rather than a word", "First one here. Second one", 20, ["First one here.", "Second one"]],
    ["at a paragraph before all else", "First. Still\n\nSecond part", 18, ["First. Still", "Second part"]],
    ["hard, where nothing else is left", "abcdefghij", 4, ["abcd", "efgh", "ij"]],
    ["an empty text gives no part", "", 4, []],
  ])("%s", (_name, text, limit, parts) => {
    expect(splitText(text, limit, "characters")).toEqual(parts);
  });

  it("leaves joined emoji whole", () => {
    expect(splitText("aaa👩‍👧", 5, "characters")).toEqual(["aaa", "👩‍👧"]);
  });

  it("counts as the channel does", () => {
    expect(splitText("가나다라", 6, "bytes")).toEqual(["가나", "다라"]);
  });
});
