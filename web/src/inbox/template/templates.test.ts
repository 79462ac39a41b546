import { describe, expect, it } from "vitest";
import type { Template, TemplateField } from "../../api/types";
import { EVERYTHING, filledIn, found, languageName, pieces, wrongWith } from "./templates";

const field = (key: string, more: Partial<TemplateField> = {}): TemplateField => ({
  key,
  title: `Title of ${key}`,
  kind: "text",
  example: "",
  max_length: null,
  ...more,
});
const template = (name: string, more: Partial<Template> = {}): Template => ({
  key: name,
  name,
  language: "en",
  category: "utility",
  state: "approved",
  reason: "",
  header: "",
  body: "",
  footer: "",
  buttons: [],
  fields: [],
  ...more,
});
const names = (items: readonly Template[]): string[] => items.map((item) => item.name);

describe("finding a template", () => {
  const items = [
    template("spring_sale", { state: "rejected", category: "marketing" }),
    template("parcel_arrives", { body: "Your parcel comes tomorrow" }),
    template("paczka", { language: "pl", body: "Paczka będzie jutro" }),
  ];

  it("shows what can be sent, and the others on request, behind", () => {
    expect(names(found(items, EVERYTHING))).toEqual(["parcel_arrives", "paczka"]);
    expect(names(found(items, { ...EVERYTHING, all: true }))).toEqual(["parcel_arrives", "paczka", "spring_sale"]);
  });

  it("searches names and words, whatever their case and order", () => {
    expect(names(found(items, { ...EVERYTHING, search: "TOMORROW parcel" }))).toEqual(["parcel_arrives"]);
    expect(names(found(items, { ...EVERYTHING, search: "arrives parcel" }))).toEqual(["parcel_arrives"]);
    expect(names(found(items, { ...EVERYTHING, search: "nothing" }))).toEqual([]);
  });

  it("filters by language and category", () => {
    expect(names(found(items, { ...EVERYTHING, language: "pl" }))).toEqual(["paczka"]);
    expect(names(found(items, { ...EVERYTHING, category: "marketing", all: true }))).toEqual(["spring_sale"]);
  });
});

describe("filling it in", () => {
  const fields = [field("body.1", { title: "Name" })];

  it("keeps the words and shows which values are missing", () => {
    expect(pieces("Hello {{body.1}}!", {}, fields)).toEqual([
      { text: "Hello ", key: null, empty: false },
      { text: "Name", key: "body.1", empty: true },
      { text: "!", key: null, empty: false },
    ]);
    expect(pieces("{{ body.1 }}", { "body.1": "Anna" }, fields)).toEqual([
      { text: "Anna", key: "body.1", empty: false },
    ]);
  });

  it("shows dots for what is not filled in", () => {
    expect(filledIn("https://x.example/{{a}}/{{b}}", { a: "1" })).toBe("https://x.example/1/…");
  });

  it.each([
    ["text", "Anna", null],
    ["text", "  ", "empty"],
    ["text", "abcdef", "long"],
    ["location", "52.2297, 21.0122", null],
    ["location", "52.2", "place"],
    ["location", "95.0, 21.0", "place"],
    ["image", "", null],
  ] as const)("a %s “%s”: %s", (kind, value, wrong) => {
    expect(wrongWith(field("x", { kind, max_length: kind === "text" ? 5 : null }), value)).toBe(wrong);
  });
});

describe("a language", () => {
  it("has a name in the reader's words", () => {
    expect(languageName("en_US", "en")).toBe("American English");
    expect(languageName("pl", "ko")).toBe("폴란드어");
    expect(languageName("not a language", "en")).toBe("not a language");
  });
});
