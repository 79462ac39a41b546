import { describe, expect, it } from "vitest";
import { pieces } from "../src/links";

const links = (text: string) => pieces(text).filter(({ href }) => href).map(({ href }) => href);

describe("addresses in a message", () => {
  it.each([
    ["https://example.com", ["https://example.com/"]],
    ["see www.example.com/a.", ["https://www.example.com/a"]],
    ["(https://example.com/a_(b))", ["https://example.com/a_(b)"]],
    ["http://a.example, https://b.example!", ["http://a.example/", "https://b.example/"]],
    ["주소는 https://example.kr/상품입니다.", ["https://example.kr/%EC%83%81%ED%92%88%EC%9E%85%EB%8B%88%EB%8B%A4"]],
    ["https://example.com입니다", ["https://example.com/"]],
    ["https://한국.example/a", ["https://xn--3e0b707e.example/a"]],
    ["write to anna.nowak@example.pl!", ["mailto:anna.nowak@example.pl"]],
    ["version 1.2.3 and a.b", []],
  ])("finds them in %j", (text, found) => expect(links(text)).toEqual(found));

  it.each(["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd", "https://", "http://["])(
    "makes no link of %j",
    (text) => expect(links(text)).toEqual([]),
  );

  it.each(["a https://x.example b", "https://x.example.", "<b>www.x.example</b>", "", "없음"])(
    "keeps every character of %j",
    (text) => expect(pieces(text).map((piece) => piece.text).join("")).toBe(text),
  );
});
