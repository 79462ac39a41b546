/** Texts of rooms that are opened later than the inbox: each room brings its own, under its own name. */
import type bots from "../bots/texts/en.json";
import type calls from "../calls/texts/en.json";
import type macros from "../macros/texts/en.json";
import type merging from "../merging/texts/en.json";
import type reports from "../reports/texts/en.json";
import type reviews from "../reviews/texts/en.json";
import type routing from "../routing/texts/en.json";
import type rules from "../rules/texts/en.json";
import type saved from "../saved/texts/en.json";
import type settings from "../settings/texts/en.json";
import type survey from "../survey/texts/en.json";

export interface RoomTexts {
  bots: typeof bots;
  calls: typeof calls;
  macros: typeof macros;
  merging: typeof merging;
  reports: typeof reports;
  reviews: typeof reviews;
  routing: typeof routing;
  rules: typeof rules;
  saved: typeof saved;
  settings: typeof settings;
  survey: typeof survey;
}
export type Room = keyof RoomTexts;

const LOADERS = import.meta.glob<object>("../*/texts/*.json", { import: "default" });

/** Fetches a room's texts in one language. */
export function fetchTexts(room: Room, language: string): Promise<object> {
  const load = LOADERS[`../${room}/texts/${language}.json`];
  return load === undefined ? Promise.reject(new Error(`${room} has no texts in ${language}`)) : load();
}
