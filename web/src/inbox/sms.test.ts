/** The vectors of tests/domain/test_sms.py: both sides must count the same. */
import { describe, expect, it } from "vitest";
import { smsCost, strangers } from "./sms";

describe("what a text costs as SMS", () => {
  it.each([
    ["nothing", "", "gsm7", 0, 160],
    ["a full message", "a".repeat(160), "gsm7", 1, 0],
    ["one letter more", "a".repeat(161), "gsm7", 2, 145],
    ["letters of two septets", "€".repeat(80), "gsm7", 1, 0],
    ["a pair that moves whole", `${"a".repeat(152)}€${"a".repeat(10)}`, "gsm7", 2, 141],
    ["a letter outside the alphabet", "ż", "ucs2", 1, 69],
    ["a full message of syllables", "가".repeat(70), "ucs2", 1, 0],
    ["one syllable more", "가".repeat(71), "ucs2", 2, 63],
    ["an emoji that moves whole", `${"가".repeat(66)}😀${"가".repeat(10)}`, "ucs2", 2, 55],
  ])("%s", (_name, text, alphabet, segments, left) => {
    expect(smsCost(text)).toEqual({ alphabet, segments, left });
  });

  it("names the letters that make it dearer, each once", () => {
    expect(strangers("Cześć, część „A” €")).toEqual(["ś", "ć", "ę", "„", "”"]);
  });
});
