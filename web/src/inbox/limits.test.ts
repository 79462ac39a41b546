import { describe, expect, it } from "vitest";
import { capabilities } from "../test/builders";
import { fileMisfit, mediaTypeFits, mostBytes, recordedAs, textLength, textRoom, windowOver } from "./limits";

const channel = capabilities({
  text_limit: 100,
  media: { types: ["image/*", "application/pdf"], max_bytes: 1000, max_count: 2, sizes: {} },
});

describe("the length of a text", () => {
  it("counts as the channel does", () => {
    expect(textLength("감사 😀", "characters")).toBe(4);
    expect(textLength("감사 😀", "utf16")).toBe(5);
    expect(textLength("감사 😀", "bytes")).toBe(11);
  });

  it("is shown only near the limit, and below zero beyond it", () => {
    expect(textRoom("a".repeat(79), channel)).toEqual({ left: null, parts: 1, tooLong: false });
    expect(textRoom("a".repeat(80), channel)).toEqual({ left: 20, parts: 1, tooLong: false });
    expect(textRoom("a".repeat(105), channel)).toEqual({ left: -5, parts: 1, tooLong: true });
    expect(textRoom("a".repeat(9000), { ...channel, text_limit: null }).tooLong).toBe(false);
  });

  it("may be split where the channel allows it, and no further", () => {
    const patient = { ...channel, max_parts: 2 };
    expect(textRoom("a".repeat(150), patient)).toEqual({ left: null, parts: 2, tooLong: false });
    expect(textRoom("a".repeat(250), patient)).toEqual({ left: null, parts: 3, tooLong: true });
  });
});

describe("the time to reply", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  const hours = { ...channel, reply_window: 86_400 };

  it("is over at its end, or if the customer never wrote where there is such a time", () => {
    expect(windowOver("2026-11-22T12:00:01Z", hours, now)).toBe(false);
    expect(windowOver("2026-11-22T12:00:00Z", hours, now)).toBe(true);
    expect(windowOver(null, hours, now)).toBe(true);
    expect(windowOver(null, channel, now)).toBe(false);
  });
});

describe("a file", () => {
  it("fits by its type or family", () => {
    expect(mediaTypeFits("image/png", ["image/*"])).toBe(true);
    expect(mediaTypeFits("application/zip", ["image/*", "application/pdf"])).toBe(false);
    expect(mediaTypeFits("application/zip", ["*/*"])).toBe(true);
  });

  it("may be as large as its type allows, else its family, else any", () => {
    const rule = { types: ["*/*"], max_bytes: 500, max_count: 1, sizes: { "image/*": 50, "image/png": 70 } };
    expect(["image/png", "image/webp", "application/pdf"].map((type) => mostBytes(rule, type))).toEqual([70, 50, 500]);
    const picture = { type: "image/webp", size: 60 };
    expect(fileMisfit(picture, 0, { ...channel, media: rule })).toEqual({ why: "size", max: 50 });
  });

  it("of sound goes as the channel's voice note, else as what everybody plays, else not at all", () => {
    const some = { types: ["*/*"], max_bytes: 1, max_count: 1, sizes: {} };
    expect(recordedAs({ ...channel, voice: "audio/ogg" })).toBe("audio/ogg");
    expect(recordedAs({ ...channel, media: some })).toBe("audio/mpeg");
    expect(recordedAs(channel)).toBeNull();
    expect(recordedAs({ ...channel, media: null })).toBeNull();
  });

  it("is refused with the reason", () => {
    expect(fileMisfit({ type: "image/png", size: 10 }, 0, channel)).toBeNull();
    expect(fileMisfit({ type: "image/png", size: 1001 }, 0, channel)).toEqual({ why: "size", max: 1000 });
    expect(fileMisfit({ type: "", size: 1 }, 0, channel)).toEqual({ why: "type", type: "application/octet-stream" });
    expect(fileMisfit({ type: "image/png", size: 10 }, 2, channel)).toEqual({ why: "count", max: 2 });
    expect(fileMisfit({ type: "image/png", size: 10 }, 0, { ...channel, media: null })).toEqual({ why: "noFiles" });
  });
});
