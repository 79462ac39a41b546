/** Which conversations a list shows: kept in the address bar, sent to the API, matched against live changes. */
import { inTime } from "./moments";
import type { ConversationRow, ConversationState, Priority } from "./types";

export type View = "mine" | "unassigned" | "all";
export type Sort = "waiting" | "newest" | "due";

export interface InboxFilter {
  view: View;
  state: ConversationState[];
  channel: string[];
  team: string[];
  assignee: string[];
  tag: string[];
  waiting: boolean;
  /** Only those with a target whose time is nearly up, or up. */
  at_risk: boolean;
  sort: Sort;
}

export const STATES: readonly ConversationState[] = ["open", "pending", "snoozed", "resolved"];
export const PRIORITIES: readonly Priority[] = ["urgent", "high", "normal", "low"];

export const DEFAULT_FILTER: InboxFilter = {
  view: "all",
  state: ["open", "pending"],
  channel: [],
  team: [],
  assignee: [],
  tag: [],
  waiting: false,
  at_risk: false,
  sort: "waiting",
};

/** The part of a filter that the address bar shows: what differs from the default. */
export interface InboxSearch {
  view?: View;
  state?: ConversationState[];
  channel?: string[];
  team?: string[];
  assignee?: string[];
  tag?: string[];
  waiting?: boolean;
  at_risk?: boolean;
  sort?: Sort;
}

const words = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string" && item !== "");

/** Reads what a person may have typed into the address bar; what makes no sense falls away. */
export function readSearch(raw: Record<string, unknown>): InboxSearch {
  const search: InboxSearch = {};
  if (raw.view === "mine" || raw.view === "unassigned" || raw.view === "all") search.view = raw.view;
  const state = words(raw.state).filter((word): word is ConversationState =>
    (STATES as readonly string[]).includes(word),
  );
  if (state.length > 0) search.state = state;
  for (const name of ["channel", "team", "assignee", "tag"] as const) {
    const values = words(raw[name]);
    if (values.length > 0) search[name] = values;
  }
  if (raw.waiting === true || raw.waiting === "true") search.waiting = true;
  if (raw.at_risk === true || raw.at_risk === "true") search.at_risk = true;
  if (raw.sort === "newest" || raw.sort === "waiting" || raw.sort === "due") search.sort = raw.sort;
  return search;
}

export function filterOf(search: InboxSearch): InboxFilter {
  return { ...DEFAULT_FILTER, ...search };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Returns only what differs from the default, so that addresses stay short and equal views have equal addresses. */
export function searchOf(filter: InboxFilter): InboxSearch {
  const entries = Object.entries(filter).filter(
    ([name, value]) => !same(value, DEFAULT_FILTER[name as keyof InboxFilter]),
  );
  return Object.fromEntries(entries) as InboxSearch;
}

/** Tells whether a row belongs into a list, as the server would. */
export function matches(row: ConversationRow, filter: InboxFilter, me: string, now: number = Date.now()): boolean {
  const among = (values: readonly string[], value: string | null) =>
    values.length === 0 || (value !== null && values.includes(value));
  if (filter.view === "mine" && row.assignee_id !== me) return false;
  if (filter.view === "unassigned" && row.assignee_id !== null) return false;
  if (filter.waiting && row.waiting_since === null) return false;
  if (row.merged_into_id) return false;
  if (filter.at_risk && !(row.due_warn_at && Date.parse(row.due_warn_at) <= now)) return false;
  return (
    filter.state.includes(row.state) &&
    among(filter.channel, row.channel_id) &&
    among(filter.team, row.team_id) &&
    among(filter.assignee, row.assignee_id) &&
    (filter.tag.length === 0 || filter.tag.some((tag) => row.tags.includes(tag)))
  );
}

/** Orders rows as the server does: longest wait or soonest due first, those without after them, newest first. */
export function compareRows(sort: Sort): (a: ConversationRow, b: ConversationRow) => number {
  return (a, b) => {
    const [first, second] = sort === "due" ? [a.due_at, b.due_at] : [a.waiting_since, b.waiting_since];
    if (sort !== "newest" && first !== second) {
      if (first === null) return 1;
      if (second === null) return -1;
      return inTime(first, second);
    }
    return inTime(b.last_at, a.last_at) || (a.id < b.id ? 1 : -1);
  };
}
