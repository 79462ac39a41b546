import { describe, expect, it } from "vitest";
import { contrast, isColour, luminance, textOn } from "../src/colour";

describe("text on the accent", () => {
  it.each([["#2456c7", "#ffffff"], ["#e8b400", "#000000"], ["#000000", "#ffffff"], ["#ffffff", "#000000"]])(
    "on %s is %s",
    (accent, text) => expect(textOn(accent)).toBe(text),
  );

  it("can be read on any grey: at least 4.5 to 1", () => {
    for (let grey = 0; grey < 256; grey++) {
      const hex = `#${grey.toString(16).padStart(2, "0").repeat(3)}`;
      expect(contrast(luminance(hex), luminance(textOn(hex)))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(["red", "#12345", "#1234567", "#12345g", ""])("%j is no colour we take", (value) => {
    expect(isColour(value)).toBe(false);
  });
});
