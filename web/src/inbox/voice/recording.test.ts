import { describe, expect, it } from "vitest";
import { capabilities } from "../../test/builders";
import { longestFor, nameOf, Stopwatch, troubleOf } from "./recording";

describe("a recording", () => {
  it("counts only the time in which it ran", () => {
    const watch = new Stopwatch();
    watch.start(1000);
    watch.stop(3000);
    expect(watch.read(9000)).toBe(2000);
    watch.start(10_000);
    expect(watch.read(10_500)).toBe(2500);
  });

  it("says why there is no microphone", () => {
    const refusals = ["NotAllowedError", "NotFoundError", "NotReadableError", "TypeError"].map((name) =>
      troubleOf(new DOMException("", name)),
    );
    expect(refusals).toEqual(["denied", "noMicrophone", "busy", "unable"]);
    expect(troubleOf(new TypeError("no mediaDevices"))).toBe("unable");
  });

  it("is no longer than what the channel carries", () => {
    const mms = { types: ["audio/*"], max_bytes: 500_000, max_count: 10, sizes: {} };
    expect(longestFor(capabilities({ voice: "audio/mpeg", media: mms }))).toBe(59);
    expect(longestFor(capabilities({ voice: "audio/ogg", media: { ...mms, sizes: { "audio/*": 100_000_000 } } }))).toBe(
      600,
    );
    expect(longestFor(null)).toBe(600);
  });

  it("is named by its time and kind", () => {
    expect(nameOf("audio/mp4", new Date("2026-11-22T12:30:05Z"))).toBe("voice-2026-11-22-12-30-05.m4a");
    expect(nameOf("audio/webm", new Date("2026-11-22T12:30:05Z"))).toBe("voice-2026-11-22-12-30-05.webm");
  });
});
