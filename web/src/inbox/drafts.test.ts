import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NOTHING } from "./composerStore";
import { type DraftBody, DraftKeeper, draftOf } from "./drafts";

const draft = (text: string): DraftBody => ({
  text,
  note: false,
  attachment_ids: [],
  reply_to_id: null,
  cc: [],
  assistant_call_id: null,
});

describe("a draft", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("keeps who gets a copy, however the addresses are separated", () => {
    expect(draftOf({ ...NOTHING, text: "Hello", cc: "ann@x.example; bob@x.example," })).toEqual({
      ...draft("Hello"),
      cc: ["ann@x.example", "bob@x.example"],
    });
  });

  it("keeps which call of the assistant wrote it", () => {
    expect(draftOf({ ...NOTHING, text: "Hello", assistantCall: "call" }).assistant_call_id).toBe("call");
  });

  it("is saved once, a moment after the last key", async () => {
    const save = vi.fn(() => Promise.resolve());
    const keeper = new DraftKeeper(save, draft(""));
    for (const text of ["H", "He", "Hello"]) keeper.note(draft(text));
    await vi.advanceTimersByTimeAsync(1000);
    expect(save.mock.calls).toEqual([[draft("Hello")]]);
  });

  it("is not saved again when nothing changed", async () => {
    const save = vi.fn(() => Promise.resolve());
    const keeper = new DraftKeeper(save, draft("as loaded"));
    keeper.note(draft("as loaded"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(save).not.toHaveBeenCalled();
  });

  it("is saved at once when the person goes elsewhere", async () => {
    const save = vi.fn(() => Promise.resolve());
    const keeper = new DraftKeeper(save, draft(""));
    keeper.note(draft("half a sent"));
    await keeper.flush();
    expect(save).toHaveBeenCalledOnce();
  });

  it("does not come back after the message was sent", async () => {
    const save = vi.fn(() => Promise.resolve());
    const keeper = new DraftKeeper(save, draft(""));
    keeper.note(draft("Hello"));
    keeper.sent(draft(""));
    await vi.advanceTimersByTimeAsync(1000);
    expect(save).not.toHaveBeenCalled();
  });

  it("is saved in order, and tried again after a failure", async () => {
    const save = vi
      .fn<(body: DraftBody) => Promise<void>>()
      .mockRejectedValueOnce(new Error("no connection"))
      .mockResolvedValue();
    const keeper = new DraftKeeper(save, draft(""));
    keeper.note(draft("Hello"));
    await vi.advanceTimersByTimeAsync(1000);
    keeper.note(draft("Hello"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(save.mock.calls.map(([body]) => body.text)).toEqual(["Hello", "Hello"]);
  });
});
