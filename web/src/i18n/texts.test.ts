import i18next from "i18next";
import { describe, expect, it } from "vitest";
import mainEn from "./en.json";
import mainKo from "./ko.json";
import mainPl from "./pl.json";

const ROOMS = import.meta.glob<Tree>(["../*/texts/*.json", "../../../hub/services/reports/texts/*.json"], {
  import: "default",
  eager: true,
});

/** The texts of a language, those of the rooms under their names. */
function all(main: Tree, language: string): Tree {
  const rooms: Tree = {};
  for (const [path, texts] of Object.entries(ROOMS)) {
    const [, room, found] = /\/(\w+)\/texts\/(\w+)\.json$/.exec(path) ?? [];
    if (room !== undefined && found === language) rooms[room] = { ...(rooms[room] as Tree), ...texts };
  }
  return { ...main, ...rooms };
}

const en = all(mainEn, "en");
const ko = all(mainKo, "ko");
const pl = all(mainPl, "pl");

type Tree = { [key: string]: string | Tree };

/** Returns every text by its whole key. */
function flat(tree: Tree, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string"
        ? [[prefix + key, value] as [string, string]]
        : Array.from(flat(value, `${prefix}${key}.`)),
    ),
  );
}

const PLURAL = /_(zero|one|two|few|many|other)$/;
const languages = { en: flat(en), ko: flat(ko), pl: flat(pl) };
const bases = (texts: Map<string, string>): string[] =>
  [...new Set([...texts.keys()].map((key) => key.replace(PLURAL, "")))].toSorted();
const plurals = [
  ...new Set([...languages.en.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, ""))),
];
const variables = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? "").toSorted();

describe.each(["ko", "pl"] as const)("the texts in %s", (language) => {
  const texts = languages[language];

  it("are complete", () => {
    expect(bases(texts)).toEqual(bases(languages.en));
  });

  it("have every plural form of the language, and no other", () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const found = plurals.map((key) =>
      [...texts.keys()]
        .filter((other) => other.replace(PLURAL, "") === key && PLURAL.test(other))
        .map((other) => other.slice(key.length + 1))
        .toSorted(),
    );
    expect(found.every((list) => JSON.stringify(list) === JSON.stringify(forms))).toBe(true);
  });

  it("fill in the same values as the English ones", () => {
    const english = (key: string) => languages.en.get(key) ?? languages.en.get(key.replace(PLURAL, "_other")) ?? "";
    const different = [...texts]
      .filter(
        ([key, text]) =>
          JSON.stringify([...new Set(variables(text))]) !== JSON.stringify([...new Set(variables(english(key)))]),
      )
      .map(([key]) => key);
    expect(different).toEqual([]);
  });

  it("are never empty", () => {
    expect([...texts].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("are not left in English", () => {
    const same = [...texts]
      .filter(([key, text]) => /[a-z]{4}/i.test(text.replace(/\{\{\w+\}\}/g, "")) && languages.en.get(key) === text)
      .map(([key]) => key);
    expect(same.filter((key) => !ALIKE.has(key))).toEqual([]);
  });
});

/** Words that are the same in both languages. */
const ALIKE = new Set([
  "thread.demo",
  "profile.version",
  "contact.email",
  "settings.webhooks.title",
  "settings.webhooks.one",
  "settings.users.roles.admin",
  "reports.targets.fieldExample",
]);

describe("plurals", () => {
  it.each([
    ["en", 1, "1 new message"],
    ["en", 2, "2 new messages"],
    ["ko", 1, "새 메시지 1개"],
    ["ko", 5, "새 메시지 5개"],
    ["pl", 1, "1 nowa wiadomość"],
    ["pl", 3, "3 nowe wiadomości"],
    ["pl", 5, "5 nowych wiadomości"],
    ["pl", 22, "22 nowe wiadomości"],
  ])("%s, %d: %s", async (language, count, words) => {
    const instance = i18next.createInstance();
    await instance.init({
      lng: language,
      resources: { en: { translation: en }, ko: { translation: ko }, pl: { translation: pl } },
    });
    expect(instance.t("thread.newBelow", { count })).toBe(words);
  });
});
