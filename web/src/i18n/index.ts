/** The texts of the screens: one file per language, only the chosen one is loaded. */
import i18next, { t as translate } from "i18next";
import { initReactI18next, useTranslation as useReactTranslation } from "react-i18next";
import type en from "./en.json";
import { fetchTexts, type Room, type RoomTexts } from "./rooms";

export const LANGUAGES = { en: "English", ko: "한국어", pl: "Polski" } as const;
export type Language = keyof typeof LANGUAGES;

type Plain<Key extends string> = Key extends `${infer Base}_${"one" | "other"}` ? Base : Key;
type Leaves<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Plain<Key> : `${Key}.${Leaves<Tree[Key]>}`;
}[keyof Tree & string];

/** Every text by its whole key. i18next's own types unfold the texts at each call; there are too many of them for that. */
export type TextKey = Leaves<typeof en> | Leaves<RoomTexts>;
/** Returns a text with its values filled in; a string in their place is shown where there is no such text. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, unknown>> | string) => string;

const LOADERS: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import("./en.json"),
  ko: () => import("./ko.json"),
  pl: () => import("./pl.json"),
};
const REMEMBERED = "hub-language";
const opened = new Set<Room>();

export function isLanguage(word: string | null | undefined): word is Language {
  return word !== null && word !== undefined && word in LANGUAGES;
}

/** The language of this browser before anyone has logged in: the last one used here, else what the browser asks for. */
export function guessLanguage(): Language {
  const remembered = localStorage.getItem(REMEMBERED);
  if (isLanguage(remembered)) return remembered;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? "en";
}

export async function startI18n(language: Language): Promise<void> {
  await i18next
    .use(initReactI18next)
    .init({ lng: language, fallbackLng: false, resources: {}, interpolation: { escapeValue: false } });
  await setLanguage(language);
}

/** Loads a language and draws everything anew in it. */
export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation")) {
    const texts = await LOADERS[language]();
    i18next.addResourceBundle(language, "translation", texts.default);
  }
  await Promise.all([...opened].map((room) => loadTexts(room, language)));
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(REMEMBERED, language);
}

/** Loads a room's texts before it is first drawn, also in a language that is coming; they follow every later change. */
export async function openTexts(room: Room): Promise<void> {
  opened.add(room);
  await Promise.all(Object.keys(i18next.store.data).map((language) => loadTexts(room, language)));
}

/** Loads a page's module together with the texts of its rooms: `lazy(withTexts(["calls"], () => import("./Lines")))`. */
export const withTexts =
  <Module>(rooms: readonly Room[], load: () => Promise<Module>) =>
  async (): Promise<Module> => {
    const [module] = await Promise.all([load(), ...rooms.map((room) => openTexts(room))]);
    return module;
  };

async function loadTexts(room: Room, language: string): Promise<void> {
  if (i18next.exists(room, { lng: language, returnObjects: true })) return;
  i18next.addResourceBundle(language, "translation", { [room]: await fetchTexts(room, language) }, true);
}

/** The language now shown, for Intl. */
export function locale(): string {
  return i18next.language || "en";
}

/** A text in the language now shown, for handlers; components take theirs from `useTranslation`. */
export const t: Translate = (key, values) => translate(key, values as Record<string, unknown>);

/** Texts for a component; it is drawn anew when the language changes. */
export function useTranslation(): { t: Translate; i18n: typeof i18next } {
  const { t: own, i18n } = useReactTranslation();
  return { t: own as unknown as Translate, i18n };
}
