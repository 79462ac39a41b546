/** Texts of rooms that are opened later than the inbox: each room brings its own, under its own name. */
import type bots from "../bots/texts/en.json";
import type calls from "../calls/texts/en.json";
import type channels from "../channels/texts/en.json";
import type macros from "../macros/texts/en.json";
import type merging from "../merging/texts/en.json";
import type reported from "../../../hub/services/reports/texts/en.json";
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
  channels: typeof channels;
  macros: typeof macros;
  merging: typeof merging;
  reports: typeof reports & typeof reported;
  reviews: typeof reviews;
  routing: typeof routing;
  rules: typeof rules;
  saved: typeof saved;
  settings: typeof settings;
  survey: typeof survey;
}
export type Room = keyof RoomTexts;

/** What the hub itself says in files and mails lies with the hub: both say the same words. */
const LOADERS = import.meta.glob<object>(["../*/texts/*.json", "../../../hub/services/reports/texts/*.json"], {
  import: "default",
});

/** Fetches a room's texts in one language, those the hub's room of the same name has among them. */
export async function fetchTexts(room: Room, language: string): Promise<object> {
  const paths = Object.keys(LOADERS).filter((path) => path.endsWith(`/${room}/texts/${language}.json`));
  return Object.assign({}, ...(await Promise.all(paths.map((path) => LOADERS[path]?.()))));
}
