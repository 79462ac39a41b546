/** Rules as the hub has them (`hub/domain/rules/`), and the ready ones one begins with. */
import type { components } from "../api/schema";
import type { Action } from "../macros/actions";

export type On = components["schemas"]["On"];

export const TRIGGERS = [
  "message_in",
  "message_out",
  "opened",
  "reopened",
  "resolved",
  "state_changed",
  "assigned",
  "team_changed",
  "tagged",
  "priority_changed",
  "target_at_risk",
  "target_breached",
  "missed_contact",
  "contact_changed",
  "unanswered",
  "idle",
] as const satisfies readonly On[];
export const isTimed = (on: On | undefined): boolean => on === "unanswered" || on === "idle";

export const FIELDS = [
  "text",
  "subject",
  "channel",
  "kind",
  "team",
  "assignee",
  "tags",
  "priority",
  "state",
  "language",
  "contact",
  "hours",
  "first",
  "speaker",
] as const;
export type Field = (typeof FIELDS)[number];
export type Op = "is_any" | "is_none" | "contains" | "lacks" | "matches" | "empty" | "filled";

const WORDS: readonly Op[] = ["contains", "lacks", "matches", "is_any", "is_none", "empty", "filled"];
const ONE_OF: readonly Op[] = ["is_any", "is_none"];
const MAYBE: readonly Op[] = ["is_any", "is_none", "empty", "filled"];

/** Which comparisons make sense for a field. */
export const OPS: Readonly<Record<Field, readonly Op[]>> = {
  text: WORDS,
  subject: WORDS,
  contact: WORDS,
  tags: MAYBE,
  team: MAYBE,
  assignee: MAYBE,
  language: MAYBE,
  channel: ONE_OF,
  kind: ONE_OF,
  priority: ONE_OF,
  state: ONE_OF,
  hours: ["is_any"],
  first: ["is_any"],
  speaker: ONE_OF,
};

export interface Condition {
  field: Field;
  name: string;
  op: Op;
  values: readonly string[];
}

export interface Step {
  percent: number;
  actions: readonly Action[];
}

export interface RuleBody {
  triggers: readonly On[];
  timing: { minutes: number; business: boolean } | null;
  /** With "the contact changes": one of these fields did; none: anything. */
  contact_fields: readonly string[];
  conditions: readonly Condition[];
  actions: readonly Action[];
  steps: readonly Step[];
  once: boolean;
  auto_reply: boolean;
  stop: boolean;
}

type View = components["schemas"]["WorkRuleView"];
export type Rule = Omit<View, "body"> & { body: RuleBody };
export type Ready = "blank" | "away" | "escalation";

const NONE = {
  timing: null,
  contact_fields: [],
  conditions: [],
  steps: [],
  once: false,
  auto_reply: false,
  stop: false,
} as const;

/** What a new rule begins as. */
export function begin(ready: Ready, language: string, text: string): RuleBody {
  switch (ready) {
    case "blank":
      return { ...NONE, triggers: ["message_in"], actions: [] };
    case "away":
      return {
        ...NONE,
        triggers: ["message_in"],
        auto_reply: true,
        conditions: [{ field: "hours", name: "", op: "is_any", values: ["closed"] }],
        actions: [{ do: "reply", texts: { [language]: text } }],
      };
    case "escalation":
      return {
        ...NONE,
        triggers: ["unanswered"],
        timing: { minutes: 60, business: true },
        actions: [
          { do: "set_priority", priority: "urgent" },
          { do: "notify", user_ids: [], team_ids: [], assignee: true, text },
        ],
        steps: [{ percent: 50, actions: [{ do: "set_priority", priority: "high" }] }],
      };
  }
}

/** Returns triggers after one was chosen or left: what comes by the clock stands alone. */
export function chosen(before: readonly On[], after: readonly On[]): readonly On[] {
  const added = after.find((on) => !before.includes(on));
  if (added !== undefined && isTimed(added)) return [added];
  return after.filter((on) => !isTimed(on) || after.length === 1);
}

/** Returns a list with one thing moved to another place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const one = list[from];
  return one === undefined ? list : list.toSpliced(from, 1).toSpliced(to, 0, one);
}

/** Values that have words of their own. */
export type ValueWord =
  | "low"
  | "normal"
  | "high"
  | "urgent"
  | "open"
  | "closed"
  | "pending"
  | "snoozed"
  | "resolved"
  | "yes"
  | "no"
  | "human"
  | "bot"
  | "nobody";
