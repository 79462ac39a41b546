import { describe, expect, it } from "vitest";
import { wordingOf } from "./EventLine";
import { foldQuote } from "./content/MailSheet";
import { mailboxes } from "./content/data";
import { pieces } from "./content/Words";
import { holdOrder } from "./heldOrder";
import { snoozeTimes } from "./snooze";

describe("rows under the pointer", () => {
  const row = (id: string) => ({ id });

  it("keep their places while new ones wait", () => {
    const held = holdOrder(["a", "b"], [row("new"), row("b"), row("a")]);
    expect(held).toEqual({ rows: [row("a"), row("b")], waiting: 1 });
  });

  it("close up when one goes", () => {
    expect(holdOrder(["a", "b", "c"], [row("a"), row("c")]).rows).toEqual([row("a"), row("c")]);
  });

  it("may grow at the end by scrolling", () => {
    expect(holdOrder(["a"], [row("a"), row("x"), row("y")])).toEqual({
      rows: [row("a"), row("x"), row("y")],
      waiting: 0,
    });
  });
});

describe("times to snooze until", () => {
  const names = (now: Date) => snoozeTimes(now).map((choice) => choice.name);

  it("offer today only during the day", () => {
    expect(names(new Date(2026, 10, 25, 10))).toEqual(["laterToday", "tomorrow", "monday", "nextWeek"]);
    expect(names(new Date(2026, 10, 25, 19))).toEqual(["tomorrow", "monday", "nextWeek"]);
  });

  it("never offer the same time twice", () => {
    expect(names(new Date(2026, 10, 22, 19))).toEqual(["tomorrow", "nextWeek"]);
    expect(names(new Date(2026, 10, 23, 19))).toEqual(["tomorrow", "monday"]);
  });

  it("lie ahead", () => {
    const now = new Date(2026, 11, 31, 8);
    expect(snoozeTimes(now).every((choice) => choice.until > now)).toBe(true);
  });
});

describe("links in a text", () => {
  it("end before the full stop", () => {
    expect(pieces("See https://a.example/x?y=1. Thanks")).toEqual([
      { text: "See ", link: false },
      { text: "https://a.example/x?y=1", link: true },
      { text: ". Thanks", link: false },
    ]);
  });

  it("are only web addresses", () => {
    expect(pieces("javascript:alert(1) and <b>").every((piece) => !piece.link)).toBe(true);
  });
});

describe("a mail", () => {
  it("folds what it quotes", () => {
    expect(foldQuote("Yes.\n\n> Really?", 6)).toEqual({ fresh: "Yes.", quoted: "> Really?" });
  });

  it("shows everything when all of it is a quote, or nothing is", () => {
    expect(foldQuote("> Really?", 0).fresh).toBe("> Really?");
    expect(foldQuote("Yes.", null).quoted).toBe("");
  });

  it("names its addresses as they are shown", () => {
    expect(
      mailboxes(
        { to: [{ address: "a@x.example", name: "Ann" }, { address: "b@x.example", name: "" }, { name: "?" }, 7] },
        "to",
      ),
    ).toEqual(["Ann <a@x.example>", "b@x.example"]);
  });
});

describe("the wording of an event", () => {
  it("tells taking an assignment off from giving one", () => {
    expect(wordingOf({ event: "assigned", to: "u" }, "v")).toBe("assigned");
    expect(wordingOf({ event: "assigned", to: "u" }, "u")).toBe("took");
    expect(wordingOf({ event: "assigned", to: null }, null)).toBe("unassigned");
  });

  it("is left to the server's text for what this version does not know", () => {
    expect(wordingOf({ event: "teleported" }, null)).toBeNull();
  });
});
