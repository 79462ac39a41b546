/** What a report is about in the words of the API: asked for, saved under a name, taken away as a file. */
import { type Asked, DEFAULT_PERIOD, readAsked } from "./asked";

/** Among teams: what is with no team. */
export const NO_TEAM = "none";

const LISTED = ["figure", "at_least", "since", "until", "weekday", "hour", "at"] as const;

/** What a report is about, without the part of a list that is looked at. */
export function whole(asked: Asked): Asked {
  const rest = { ...asked };
  for (const key of LISTED) delete rest[key];
  return rest;
}

/** Its period alone: what somebody's own figures are asked for by. */
export const periodOf = ({ period, from, to }: Asked): Asked => ({
  ...(period === undefined ? {} : { period }),
  ...(from === undefined || to === undefined ? {} : { from, to }),
});

/** The query of the API: days become moments of the reader's zone, the last day is counted whole. */
export function queryOf(asked: Asked, zone: string) {
  const { from, to, period, since, until, ...rest } = asked;
  if (since !== undefined && until !== undefined) return { ...rest, from: since, to: until, zone };
  const span =
    from !== undefined && to !== undefined
      ? { from: startOf(from).toISOString(), to: startOf(to, 1).toISOString() }
      : { period: period ?? DEFAULT_PERIOD };
  return { ...rest, ...span, zone };
}

function startOf(day: string, later = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later);
}

/** The reader's time zone. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** The words a saved report keeps: without the figure looked at. */
export const toSave = (asked: Asked, zone: string): Record<string, unknown> => ({ ...queryOf(whole(asked), zone) });

/** The words a file of a list is asked for with. */
export const toExport = (asked: Asked, figure: string, zone: string): Record<string, unknown> => ({
  ...queryOf(asked, zone),
  figure,
});

/** What a saved report is about, for the address bar: its moments are days again, those of the zone it was saved in. */
export function fromSaved(saved: Record<string, unknown>): Asked {
  const { from, to, zone } = saved;
  if (typeof from !== "string" || typeof to !== "string") return readAsked(saved);
  const day = (at: number) =>
    new Date(at).toLocaleDateString("sv", { timeZone: typeof zone === "string" ? zone : "UTC" });
  return readAsked({ ...saved, from: day(Date.parse(from)), to: day(Date.parse(to) - 1) });
}
