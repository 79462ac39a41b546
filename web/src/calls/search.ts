/** Which calls a list shows: kept in the address bar, sent to the API. */
import type { components } from "../api/schema";

export type Outcome = components["schemas"]["hub__domain__call__Outcome"];

export interface CallSearch {
  outcome?: Outcome[];
  direction?: "inbound" | "outbound";
  agent?: string[];
  line?: string[];
}

export const OUTCOMES = [
  "answered",
  "missed",
  "voicemail",
  "abandoned",
  "short_abandon",
  "callback",
  "overflow",
  "after_hours",
  "left_early",
  "blocked",
  "no_answer",
  "busy",
  "machine",
  "cancelled",
  "failed",
] as const satisfies readonly Outcome[];

const words = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string" && item !== "");

/** Reads what a person may have typed into the address bar; what makes no sense falls away. */
export function readCallSearch(raw: Record<string, unknown>): CallSearch {
  const outcome = OUTCOMES.filter((one) => words(raw.outcome).includes(one));
  const [agent, line] = [words(raw.agent), words(raw.line)];
  return {
    ...(outcome.length > 0 ? { outcome } : {}),
    ...(raw.direction === "inbound" || raw.direction === "outbound" ? { direction: raw.direction } : {}),
    ...(agent.length > 0 ? { agent } : {}),
    ...(line.length > 0 ? { line } : {}),
  };
}
