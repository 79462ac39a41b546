/** The texts of the screens: one file per language, only the chosen one is loaded. */
import i18next, { t } from "i18next";
import { initReactI18next } from "react-i18next";
import type en from "./en.json";

export const LANGUAGES = { en: "English", ko: "한국어", pl: "Polski" } as const;
export type Language = keyof typeof LANGUAGES;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

const LOADERS: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import("./en.json"),
  ko: () => import("./ko.json"),
  pl: () => import("./pl.json"),
};
const REMEMBERED = "hub-language";

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
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(REMEMBERED, language);
}

/** The language now shown, for Intl. */
export function locale(): string {
  return i18next.language || "en";
}

export { t };
export { useTranslation } from "react-i18next";
