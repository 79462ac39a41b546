/** What a report is about, as the address bar has it. Part of the first load: the router reads it. */

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
  /** Of the list behind a figure: which, and which part of it. */
  figure?: string;
  at_least?: number;
  /** A stretch of time instead of the whole period: two moments. */
  since?: string;
  until?: string;
  /** One hour of the week; 0 is Monday. */
  weekday?: number;
  hour?: number;
  /** Who waited at this moment. */
  at?: string;
}

export const DEFAULT_PERIOD: PeriodName = "last_7_days";
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const words = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string" && item !== "");
const word = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value.slice(0, 200) : undefined;

const moment = (value: unknown): string | undefined =>
  typeof value === "string" && Number.isFinite(Date.parse(value)) ? new Date(value).toISOString() : undefined;
const among = (value: unknown, count: number): number | undefined => {
  const number = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
  return value !== "" && Number.isInteger(number) && number >= 0 && number < count ? number : undefined;
};

/** Reads what a person may have typed into the address bar; what makes no sense falls away. */
export function readAsked(raw: Record<string, unknown>): Asked {
  const from = word(raw.from);
  const to = word(raw.to);
  const ownSpan = from !== undefined && to !== undefined && DAY.test(from) && DAY.test(to);
  const period = PERIODS.find((name) => name === raw.period);
  const [channel, team, agent] = [words(raw.channel), words(raw.team), words(raw.agent)];
  const [tag, source, figure] = [word(raw.tag), word(raw.source), word(raw.figure)];
  const least = Number(raw.at_least);
  const [since, until, at] = [moment(raw.since), moment(raw.until), moment(raw.at)];
  const [weekday, hour] = [among(raw.weekday, 7), among(raw.hour, 24)];
  return {
    ...(ownSpan ? { from, to } : period !== undefined && period !== DEFAULT_PERIOD ? { period } : {}),
    ...(channel.length > 0 ? { channel } : {}),
    ...(team.length > 0 ? { team } : {}),
    ...(agent.length > 0 ? { agent } : {}),
    ...(tag === undefined ? {} : { tag }),
    ...(source === undefined ? {} : { source }),
    ...(figure === undefined ? {} : { figure }),
    ...(Number.isFinite(least) && least > 0 ? { at_least: least } : {}),
    ...(since !== undefined && until !== undefined && Date.parse(since) < Date.parse(until) ? { since, until } : {}),
    ...(weekday !== undefined && hour !== undefined ? { weekday, hour } : {}),
    ...(at === undefined ? {} : { at }),
  };
}
