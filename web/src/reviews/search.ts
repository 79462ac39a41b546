/** Which calls the review list shows, and the second a link leads to: kept in the address bar, sent to the API. */
import type { components } from "../api/schema";

type Rule = components["schemas"]["QueueRule"];
export type RuleEdit = components["schemas"]["hub__api__review_list__RuleEdit"];
export const ORDERS = ["newest", "oldest", "longest", "lowest_score"] as const;
export const FLAGS = ["recorded", "failed", "appealed", "commented"] as const;
const NUMBERS = [
  "min_seconds",
  "max_seconds",
  "new_agents",
  "score_below",
  "score_from",
  "within_days",
  "sample",
] as const;
const LISTS = ["agent", "team", "channel"] as const;

type Given<Name extends string, Value> = { [Key in Name]?: Value };
/** All that is given has to hold. Named as the API names it. */
export type Filters = Given<(typeof NUMBERS)[number], number> &
  Given<(typeof LISTS)[number], string[]> &
  Given<(typeof FLAGS)[number] | "reviewed", boolean> & {
    direction?: "inbound" | "outbound";
    order?: (typeof ORDERS)[number];
  };

export type ReviewSearch = Filters & {
  queue?: string;
  t?: number;
  /** Words that are looked for in transcripts. */
  q?: string;
};

/** What is left when everything that says nothing is taken away. */
export function kept<Search extends object>(search: { [Key in keyof Search]?: Search[Key] | undefined }): Search {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as Search;
}

const number = (value: unknown): number | undefined => {
  const found = typeof value === "string" ? Number.parseFloat(value) : value;
  return typeof found === "number" && Number.isFinite(found) && found >= 0 ? found : undefined;
};
const truth = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);
const words = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string" && one !== "");
const entries = <Name extends string, Value>(names: readonly Name[], read: (name: Name) => Value) =>
  Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, Value>;

/** Reads what a person may have typed; what makes no sense falls away. */
export function readReviewSearch(raw: Record<string, unknown>): ReviewSearch {
  return kept<ReviewSearch>({
    queue: typeof raw.queue === "string" && /^[\w-]{1,64}$/.test(raw.queue) ? raw.queue : undefined,
    t: number(raw.t),
    q: typeof raw.q === "string" && raw.q !== "" ? raw.q : undefined,
    direction: raw.direction === "inbound" || raw.direction === "outbound" ? raw.direction : undefined,
    order: ORDERS.find((one) => one === raw.order),
    ...entries(NUMBERS, (name) => number(raw[name])),
    ...entries(LISTS, (name) => words(raw[name])),
    ...entries(["reviewed", ...FLAGS], (name) => truth(raw[name])),
  });
}

/** The filters alone, without the queue, the second and the words. */
export function filtersOf({ queue: _queue, t: _second, q: _words, ...filters }: ReviewSearch): Filters {
  return filters;
}

/** A queue's rule as filters, to begin a change from. */
export function filtersOfRule(rule: Rule): Filters {
  return kept<Filters>({
    agent: rule.agent_ids,
    team: rule.team_ids,
    channel: rule.channel_ids,
    direction: rule.direction === "inbound" || rule.direction === "outbound" ? rule.direction : undefined,
    order: rule.order === "newest" ? undefined : rule.order,
    ...entries(NUMBERS, (name) => rule[name] ?? undefined),
    ...entries(["reviewed", ...FLAGS], (name) => rule[name] ?? undefined),
  });
}

/** Filters as the rule of a queue to save. */
export function ruleOf({ agent = [], team = [], channel = [], ...rest }: Filters): RuleEdit {
  return { ...rest, agent_ids: agent, team_ids: team, channel_ids: channel };
}

/** How many filters are set beside the order. */
export const countOf = ({ order: _order, ...filters }: Filters): number => Object.keys(filters).length;
