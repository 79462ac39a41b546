import { beforeEach, describe, expect, it } from "vitest";
import { Drawer, Memory, freshId } from "../src/memory";

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

describe("what the browser remembers", () => {
  it("keeps an anonymous visitor for the next visit", () => {
    new Memory("a").keepToken("t", false);
    sessionStorage.clear();
    expect(new Memory("a").token).toBe("t");
  });

  it("forgets a logged-in user with the window: the next person must not see their chat", () => {
    new Memory("a").keepToken("t", true);
    sessionStorage.clear();
    expect(new Memory("a").token).toBe("");
  });

  it("tells channels of one site apart", () => {
    new Memory("a").keepToken("t", false);
    expect(new Memory("b").token).toBe("");
  });

  it("keeps unsent messages over a reload", () => {
    const frame = { type: "message", id: "abcdefgh", text: "Hi", files: [], page: "", title: "", language: "en" } as const;
    new Memory("a").unsent = [{ ...frame, files: [] }];
    expect(new Memory("a").unsent).toEqual([frame]);
  });

  it("forgets everything when the user logs out", () => {
    const memory = new Memory("a");
    memory.keepToken("t", false);
    memory.started = true;
    memory.answers = { name: "Jan" };
    memory.draft = "half a sentence";
    memory.forget();
    expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
  });

  it("works on the page alone where storage is forbidden", () => {
    const forbidden = { getItem: refuse, setItem: refuse, removeItem: refuse } as unknown as Storage;
    const drawer = new Drawer(forbidden, "x:");
    drawer.set("token", "t");
    expect(drawer.get("token")).toBe("t");
  });

  it("starts afresh when what it finds is not its own", () => {
    sessionStorage.setItem("hubchat:a:unsent", "{broken");
    expect(new Memory("a").unsent).toEqual([]);
  });
});

function refuse(): never {
  throw new DOMException("forbidden", "SecurityError");
}

describe("an id for a message", () => {
  it("is 32 hex digits and never the same", () => {
    const ids = Array.from({ length: 100 }, freshId);
    expect(new Set(ids).size).toBe(100);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  });
});
