import { describe, expect, it } from "vitest";
import { cleaned } from "./Formatted";

const page = (body: string) =>
  `<!doctype html><html><head><style>b{color:red}</style></head><body>${body}</body></html>`;

describe("a formatted message", () => {
  it("keeps its emphasis and its links, which open elsewhere", () => {
    const html = cleaned(page('<b>Hi</b> <a href="https://a.example/">here</a>'));
    expect(html).toContain("<b>Hi</b>");
    expect(html).toMatch(/<a [^>]*rel="noopener noreferrer nofollow"/);
    expect(html).toMatch(/<a [^>]*title="https:\/\/a\.example\/"/);
  });

  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<p style="position:fixed;inset:0">x</p>',
    "<svg><script>alert(1)</script></svg>",
    '<iframe src="https://a.example"></iframe>',
    '<form action="https://a.example"><input name="p"></form>',
  ])("runs and draws nothing of %s", (hostile) => {
    expect(cleaned(page(hostile))).not.toMatch(/script|onerror|javascript|style=|<svg|<iframe|<form|<input|<img/i);
  });
});
