import { describe, expect, it, vi } from "vitest";
import type { Entry } from "../src/chat";
import type { Config, Item } from "../src/protocol";
import { textsFor } from "../src/texts";
import { type Keyed, KeyedChildren, h } from "../src/view/dom";
import { questions } from "../src/view/form";
import { message } from "../src/view/message";

const texts = textsFor("en", { "": {} });
const config: Config = {
  texts: { "": {} },
  accent: "#2456c7",
  position: "right",
  languages: ["en"],
  fields: [{ key: "name", label: "", required: true }, { key: "order", label: "Order number", required: false }],
  presence: "always",
  consent_link: "",
  limits: { text: 10_000, files: 10, file_bytes: 1000 },
};

const press = vi.fn();

function drawn(item: Partial<Item>, rest: Partial<Entry> = {}, more: { answered?: boolean } = {}): HTMLElement {
  const whole: Item = {
    seq: 1, id: "1", mine: false, client: "", author: "Anna", text: "", at: "2026-11-22T09:00:00Z",
    files: [], buttons: [], delivery: "", state: "sent", deleted: false, edited: false, ...item,
  };
  const drawing = { base: "https://hub.example/webchat/k/", texts, language: "en", stored: true, seen: false, named: true, timed: true, answered: false, press, retry: vi.fn(), discard: vi.fn(), ...more } as const;
  return message({ key: "1", item: whole, frame: null, at: new Date(whole.at), failure: "", ...rest }, drawing);
}

describe("a message", () => {
  it.each(["<img src=x onerror=alert(1)>", "</p><script>x</script>", "&lt;b&gt;"])("shows %j as the text it is", (text) => {
    const element = drawn({ text, author: text });
    expect(element.querySelector(".words")?.textContent).toBe(text);
    expect(element.querySelector("img, script, b")).toBeNull();
  });

  it("opens links in a new window that knows nothing of this one", () => {
    const link = drawn({ text: "https://example.com/x" }).querySelector("a");
    expect([link?.href, link?.target, link?.rel]).toEqual(["https://example.com/x", "_blank", "noopener noreferrer nofollow"]);
  });

  it("says in words why it was not sent, and what can be done", () => {
    const element = drawn({}, { item: null, failure: "malformed" });
    expect(element.querySelector("[role=alert]")?.textContent).toContain("Not sent. We could not accept this message.");
    expect([...element.querySelectorAll("button")].map((button) => button.textContent)).toEqual(["Try again", "Discard"]);
  });

  it("shows pictures, and other files as links with their size", () => {
    const file = { id: "f", name: "a.png", type: "image/png", size: 900, state: "ready", url: "files/f?ticket=t", width: 4, height: 3 } as const;
    const element = drawn({ files: [file, { ...file, name: "b.svg", type: "image/svg+xml" }] });
    expect(element.querySelector("img")?.getAttribute("src")).toBe("https://hub.example/webchat/k/files/f?ticket=t");
    expect(element.querySelectorAll("img").length).toBe(1);
    expect(element.querySelector("a.file")?.textContent).toBe("b.svg0.9 kB");
  });

  it("offers choices to press, until the visitor has answered", () => {
    const buttons = [{ label: "Sales", data: "hub:1" }, { label: "<b>Help</b>", data: "hub:2" }];
    const offered = [...drawn({ text: "Which?", buttons }).querySelectorAll("button")];
    expect(offered.map((button) => button.textContent)).toEqual(["Sales", "<b>Help</b>"]);
    offered[1]?.click();
    expect(press).toHaveBeenCalledWith(buttons[1]);
    expect(drawn({ text: "Which?", buttons }, {}, { answered: true }).querySelector("button")).toBeNull();
  });

  it("keeps quiet about what a deleted message said", () => {
    expect(drawn({ text: "secret", deleted: true }).textContent).not.toContain("secret");
  });
});

describe("the questions", () => {
  it("are not sent before what is required is there, and the first gap gets the focus", () => {
    const done = vi.fn();
    const form = questions(config, texts, true, done);
    document.body.replaceChildren(form);
    form.requestSubmit();
    expect(done).not.toHaveBeenCalled();
    expect((document.activeElement as HTMLInputElement).name).toBe("email");
    expect(form.querySelector("#q-name-error")?.textContent).toBe("Please fill this in.");
    expect(form.querySelector("#q-name")?.getAttribute("aria-invalid")).toBe("true");
  });

  it("hand over what was answered, without the gaps", () => {
    const done = vi.fn();
    const form = questions(config, texts, false, done);
    document.body.replaceChildren(form);
    (form.querySelector("#q-name") as HTMLInputElement).value = " Łucja ";
    form.requestSubmit();
    expect(done).toHaveBeenCalledWith({ fields: { name: "Łucja" }, message: "" });
  });

  it("ask for consent first, where the owner wants it", () => {
    const done = vi.fn();
    const form = questions({ ...config, fields: [] }, { ...texts, consent: "We keep this." }, false, done);
    document.body.replaceChildren(form);
    form.requestSubmit();
    expect(done).not.toHaveBeenCalled();
    (form.querySelector("#q-consent") as HTMLInputElement).checked = true;
    form.requestSubmit();
    expect(done).toHaveBeenCalledOnce();
  });
});

const made = (key: string, state = ""): Keyed => ({ key, state, make: () => h("li", {}, `${key}${state}`) });
const shown = (list: HTMLElement) => [...list.children].map((child) => child.textContent).join(" ");

describe("a keyed list", () => {
  it.each([
    ["a b c", "a b c d"],
    ["b c", "a b c"],
    ["a b c", "c a b"],
    ["a b c d", "d b"],
    ["a", ""],
  ])("goes from %j to %j", (before, after) => {
    const list = h("ol");
    const children = new KeyedChildren(list);
    children.update(before.split(" ").filter(Boolean).map((key) => made(key)));
    children.update(after.split(" ").filter(Boolean).map((key) => made(key)));
    expect(shown(list)).toBe(after);
  });

  it("makes anew only what changed, and keeps the rest as it stands", () => {
    const list = h("ol");
    const children = new KeyedChildren(list);
    children.update([made("a"), made("b"), made("c")]);
    const [a, , c] = list.children;
    children.update([made("a"), made("b", "!"), made("d"), made("c")]);
    expect(shown(list)).toBe("a b! d c");
    expect(list.children[0]).toBe(a);
    expect(list.children[3]).toBe(c);
  });
});
