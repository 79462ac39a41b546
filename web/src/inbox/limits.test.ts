import { describe, expect, it } from "vitest";
import type { Capabilities } from "../api/types";
import { charactersLeft, fileMisfit, mediaTypeFits, textLength } from "./limits";

const channel: Capabilities = {
  text_limit: 100,
  text_unit: "characters",
  subject: false,
  rich_text: false,
  media: { types: ["image/*", "application/pdf"], max_bytes: 1000, max_count: 2 },
  receipts: [],
  replies_to: false,
  edits: false,
  deletes: false,
  reactions: false,
  typing_in: false,
  typing_out: false,
  groups: false,
  can_start: false,
  reply_window: null,
  rate_per_second: null,
  limits_source: "",
};

describe("the length of a text", () => {
  it("counts as the channel does", () => {
    expect(textLength("감사 😀", "characters")).toBe(4);
    expect(textLength("감사 😀", "utf16")).toBe(5);
    expect(textLength("감사 😀", "bytes")).toBe(11);
  });

  it("is shown only near the limit, and below zero beyond it", () => {
    expect(charactersLeft("a".repeat(79), channel)).toBeNull();
    expect(charactersLeft("a".repeat(80), channel)).toBe(20);
    expect(charactersLeft("a".repeat(105), channel)).toBe(-5);
    expect(charactersLeft("a".repeat(9000), { ...channel, text_limit: null })).toBeNull();
  });
});

describe("a file", () => {
  it("fits by its type or family", () => {
    expect(mediaTypeFits("image/png", ["image/*"])).toBe(true);
    expect(mediaTypeFits("application/zip", ["image/*", "application/pdf"])).toBe(false);
    expect(mediaTypeFits("application/zip", ["*/*"])).toBe(true);
  });

  it("is refused with the reason", () => {
    expect(fileMisfit({ type: "image/png", size: 10 }, 0, channel)).toBeNull();
    expect(fileMisfit({ type: "image/png", size: 1001 }, 0, channel)).toEqual({ why: "size", max: 1000 });
    expect(fileMisfit({ type: "", size: 1 }, 0, channel)).toEqual({ why: "type", type: "application/octet-stream" });
    expect(fileMisfit({ type: "image/png", size: 10 }, 2, channel)).toEqual({ why: "count", max: 2 });
    expect(fileMisfit({ type: "image/png", size: 10 }, 0, { ...channel, media: null })).toEqual({ why: "noFiles" });
  });
});
