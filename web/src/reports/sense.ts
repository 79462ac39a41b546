/** What is wrong with what a report is asked for, before anybody counts: days that make no period, and whom there is no more. */
import type { Asked } from "./asked";
import { NO_TEAM } from "./query";

/** As the hub bounds a period. */
const LONGEST_DAYS = 1_100;
const [EARLIEST, LATEST] = ["2000-01-01", "2199-12-31"];
const DAY_MS = 86_400_000;

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Why this cannot be asked: days of one's own that make no period, or somebody who is none; null where it can. */
export function nonsense(asked: Asked): "day" | "order" | "years" | "long" | "who" | null {
  const { from, to } = asked;
  const ids = [asked.channel, asked.team, asked.agent].flatMap((some) => some ?? []);
  if (ids.some((id) => id !== NO_TEAM && !ID.test(id))) return "who";
  if (from === undefined || to === undefined) return null;
  if (!isDay(from) || !isDay(to)) return "day";
  if (to < from) return "order";
  if (from < EARLIEST || to > LATEST) return "years";
  return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1 > LONGEST_DAYS ? "long" : null;
}

/** Whether the calendar has it: 31 February is none, and would become a day of March without a word. */
function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

type Known = ReadonlySet<string> | undefined;

/** Which of the channels, teams and agents asked for there are no more; what is not loaded yet counts as there. */
export function gone(asked: Asked, known: Record<"channel" | "team" | "agent", Known>): string[] {
  return (["channel", "team", "agent"] as const).flatMap((by) =>
    (asked[by] ?? []).filter((id) => id !== NO_TEAM && known[by]?.has(id) === false),
  );
}
