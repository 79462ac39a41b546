/** What a report is about: kept in the address bar, sent to the API, saved under a name. */

export const PERIODS = [
  "today",
  "yesterday",
  "last_7_days",
  "last_30_days",
  "last_90_days",
  "this_week",
  "last_week",
  "this_month",
  "last_month",
] as const;
export type PeriodName = (typeof PERIODS)[number];

export interface Asked {
  period?: PeriodName;
  from?: string;
  to?: string;
  channel?: string[];
  team?: string[];
  agent?: string[];
  tag?: string;
  source?: string;
  /** Of the list of waits: the figure they stand behind. */
  figure?: string;
  at_least?: number;
}

export const DEFAULT_PERIOD: PeriodName = "last_7_days";
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const words = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string" && item !== "");
const word = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value.slice(0, 200) : undefined;

/** Reads what a person may have typed into the address bar; what makes no sense falls away. */
export function readAsked(raw: Record<string, unknown>): Asked {
  const from = word(raw.from);
  const to = word(raw.to);
  const ownSpan = from !== undefined && to !== undefined && DAY.test(from) && DAY.test(to) && from <= to;
  const period = PERIODS.find((name) => name === raw.period);
  const [channel, team, agent] = [words(raw.channel), words(raw.team), words(raw.agent)];
  const [tag, source, figure] = [word(raw.tag), word(raw.source), word(raw.figure)];
  const least = Number(raw.at_least);
  return {
    ...(ownSpan ? { from, to } : period !== undefined && period !== DEFAULT_PERIOD ? { period } : {}),
    ...(channel.length > 0 ? { channel } : {}),
    ...(team.length > 0 ? { team } : {}),
    ...(agent.length > 0 ? { agent } : {}),
    ...(tag === undefined ? {} : { tag }),
    ...(source === undefined ? {} : { source }),
    ...(figure === undefined ? {} : { figure }),
    ...(Number.isFinite(least) && least > 0 ? { at_least: least } : {}),
  };
}

/** The query of the API: days become moments of the reader's zone, the last day is counted whole. */
export function queryOf(asked: Asked, zone: string) {
  const { from, to, period, ...rest } = asked;
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
export function toSave({ figure: _figure, at_least: _least, ...asked }: Asked, zone: string): Record<string, unknown> {
  return { ...queryOf(asked, zone) };
}
