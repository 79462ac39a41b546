import { describe, expect, it } from "vitest";
import { chooseLanguage, counted, fill, fileSize, textsFor } from "../src/texts";
import type { Language } from "../src/protocol";

const LANGUAGES: Language[] = ["en", "ko", "pl"];
const own = { "": {} };
const places = (text: unknown) => (typeof text === "string" ? (text.match(/\{\w+\}/g) ?? []).toSorted() : []);

describe("the widget's words", () => {
  it.each(LANGUAGES)("are complete in %s, with the same places to fill", (language) => {
    const english = textsFor("en", own) as unknown as Record<string, unknown>;
    const words = textsFor(language, own) as unknown as Record<string, unknown>;
    for (const [key, text] of Object.entries(english)) expect([key, places(words[key])]).toEqual([key, places(text)]);
  });

  it.each([
    ["ko-KR", ["en", "ko"], "ko"],
    ["pl", ["en", "ko"], "en"],
    ["fr-CA", ["pl", "en"], "pl"],
    ["", ["ko"], "ko"],
  ] as [string, Language[], Language][])("follow a page in %j of %j: %s", (wanted, offered, chosen) => {
    expect(chooseLanguage(wanted, offered)).toBe(chosen);
  });

  it("prefer the owner's text in the language, then the owner's for all, then ours", () => {
    const texts = textsFor("pl", { "": { title: "Shop", welcome: "Hi" }, pl: { title: "Sklep", welcome: "" } });
    expect([texts.title, texts.welcome, texts.send]).toEqual(["Sklep", "Hi", "Wyślij"]);
  });

  it.each([
    [1, "1 nowa wiadomość"],
    [3, "3 nowe wiadomości"],
    [5, "5 nowych wiadomości"],
    [22, "22 nowe wiadomości"],
  ])("count %i in Polish", (n, words) => expect(counted(textsFor("pl", own).unread, n, "pl")).toBe(words));

  it("leave a place alone that nothing fills", () => expect(fill("{a} {b}", { a: 1 })).toBe("1 {b}"));

  it("say sizes in the language's way", () => {
    expect(fileSize(26_214_400, "en")).toBe("26 MB");
    expect(fileSize(1_500, "pl")).toBe("1,5 kB");
  });
});
