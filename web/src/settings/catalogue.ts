/** The kinds of channels in groups a newcomer understands, by what they can do and never by their names. Pure. */
import type { Connector } from "../api/types";

export const GROUPS = ["mail", "site", "numbers", "messengers", "own"] as const;
export type Group = (typeof GROUPS)[number];

/** Says where somebody would look for a connector. */
export function groupOf({ capabilities, abilities }: Connector): Group {
  if (abilities.includes("HostsVisitors")) return "site";
  if (capabilities.segments) return "numbers";
  // It only takes in, and no files: a form on a page.
  if (capabilities.media === null && !capabilities.can_start) return "site";
  // Only what is made for anything carries a subject like mail, and typing and reactions like a chat.
  if (capabilities.subject) return capabilities.reactions || capabilities.typing_out ? "own" : "mail";
  return "messengers";
}

/** Whether a word of the text begins so: who looks for a form means no platform. */
const beginsIn = (text: string, word: string) =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].some((found) => text.startsWith(word, found.index));

/** Returns the groups that hold something found, each in the order of titles. */
export function catalogue(connectors: readonly Connector[], search: string): { group: Group; items: Connector[] }[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const shown = connectors
    .filter((connector) => {
      // The first lines of its guide say what it is for.
      const text = `${connector.title} ${connector.kind} ${connector.readme.slice(0, 400)}`.toLocaleLowerCase();
      return words.every((word) => beginsIn(text, word));
    })
    .toSorted((a, b) => a.title.localeCompare(b.title));
  return GROUPS.map((group) => ({ group, items: shown.filter((connector) => groupOf(connector) === group) })).filter(
    ({ items }) => items.length > 0,
  );
}
