import { describe, expect, it } from "vitest";
import { matching } from "./matching";

const REPLIES = [
  { name: "Delivery times", shortcut: "", text: "Your order takes two days." },
  { name: "Greeting", shortcut: "de", text: "Cześć, tu Łukasz" },
  { name: "Germany", shortcut: "deutsch", text: "Guten Tag" },
  { name: "배송 안내", shortcut: "배송", text: "배송은 이틀 걸립니다" },
];
const found = (asked: string) => matching(REPLIES, asked, (reply) => reply.text).map((reply) => reply.name);

describe("what is typed after the slash finds", () => {
  it("everything at first, in the order of the server", () => expect(found("")).toHaveLength(4));
  it("the shortcut first, then shortcuts and names that begin so", () =>
    expect(found("DE")).toEqual(["Greeting", "Germany", "Delivery times"]));
  it("words of name and text in any order, without case and marks", () => {
    expect(found("days order")).toEqual(["Delivery times"]);
    expect(found("lukasz czesc")).toEqual(["Greeting"]);
  });
  it("Korean while a syllable is being written", () => expect(found("배")).toEqual(["배송 안내"]));
  it("nothing where nothing fits", () => expect(found("xyz")).toEqual([]));
});
