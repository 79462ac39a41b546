import { describe, expect, it } from "vitest";
import { aReply, anEntry, minute } from "../test/builders";
import { blocksOf, daysOf, firstUnseen } from "./blocks";

const kinds = (blocks: ReturnType<typeof blocksOf>): string[] => blocks.map((block) => block.kind);
const messages = (blocks: ReturnType<typeof blocksOf>) =>
  blocks.flatMap((block) => (block.kind === "message" ? [block] : []));

describe("a thread as blocks", () => {
  it("names each day once", () => {
    const entries = [
      anEntry({ id: "a", occurred_at: "2026-11-20T10:00:00Z" }),
      anEntry({ id: "b", occurred_at: "2026-11-20T12:00:00Z" }),
      anEntry({ id: "c", occurred_at: "2026-11-21T12:00:00Z" }),
    ];
    const days = daysOf(blocksOf(entries, null));
    expect(days.map((day) => day.blocks.length)).toEqual([2, 1]);
  });

  it("joins a run of one author: the name at its beginning, the time at its end", () => {
    const run = messages(
      blocksOf(
        [
          anEntry({ id: "a", occurred_at: minute(0) }),
          anEntry({ id: "b", occurred_at: minute(1) }),
          aReply({ id: "c", occurred_at: minute(2) }),
        ],
        null,
      ),
    );
    expect(run.map((block) => [block.lead, block.tail])).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  it("begins a new run after a pause", () => {
    const run = messages(
      blocksOf([anEntry({ id: "a", occurred_at: minute(0) }), anEntry({ id: "b", occurred_at: minute(6) })], null),
    );
    expect(run.map((block) => block.lead)).toEqual([true, true]);
  });

  it("shows an album as one message", () => {
    const album = [
      anEntry({ id: "a", album: "x" }),
      anEntry({ id: "b", album: "x" }),
      anEntry({ id: "c", album: "y" }),
    ];
    expect(messages(blocksOf(album, null)).map((block) => block.album.length)).toEqual([2, 1]);
  });

  it("keeps mails apart", () => {
    const mails = [anEntry({ id: "a", content: "mail" }), anEntry({ id: "b", content: "mail" })];
    expect(messages(blocksOf(mails, null)).map((block) => block.lead)).toEqual([true, true]);
  });

  it("draws the line of news above the first new entry, events as lines", () => {
    const entries = [
      anEntry({ id: "a" }),
      anEntry({ id: "e", kind: "event", direction: "internal" }),
      anEntry({ id: "b", occurred_at: minute(3) }),
    ];
    expect(kinds(blocksOf(entries, "b"))).toEqual(["day", "message", "event", "new", "message"]);
  });
});

describe("the first entry not seen", () => {
  const entries = [
    anEntry({ id: "a", occurred_at: minute(1) }),
    aReply({ id: "b", occurred_at: minute(2) }),
    anEntry({ id: "c", occurred_at: minute(3) }),
    anEntry({ id: "d", occurred_at: minute(4) }),
  ];

  it("is the first that came after the last look", () => {
    expect(firstUnseen(entries, true, minute(3))).toBe("d");
  });

  it("without a known look is the first after our last word", () => {
    expect(firstUnseen(entries, true, null)).toBe("c");
  });

  it("is none when everything was read", () => {
    expect(firstUnseen(entries, false, null)).toBeNull();
  });
});
