/** Actions of macros and rules, as the hub has them (`hub/domain/actions.py`). */
import type { ConversationState, Priority } from "../api/types";

export type Action =
  | { do: "assign"; user_id: string | null }
  | { do: "assign_team"; team_id: string | null; queue?: boolean }
  | { do: "tag"; add: string[]; remove: string[] }
  | { do: "set_priority"; priority: Priority }
  | { do: "set_state"; state: ConversationState; minutes?: number | null }
  | { do: "note"; text: string }
  | { do: "reply"; texts: Record<string, string> }
  | { do: "saved_reply"; saved_reply_id: string }
  | { do: "notify"; user_ids: string[]; team_ids: string[]; assignee: boolean; text: string }
  | { do: "start_bot"; flow_id: string }
  | { do: "stop_bot" }
  | { do: "call_hook"; hook_id: string };
export type Kind = Action["do"];

export const KINDS = [
  "reply",
  "saved_reply",
  "note",
  "assign",
  "assign_team",
  "tag",
  "set_priority",
  "set_state",
  "notify",
  "start_bot",
  "stop_bot",
  "call_hook",
] as const satisfies readonly Kind[];

/** What an action of a kind begins as; what has to be chosen is empty. */
export function begun(kind: Kind, language: string): Action {
  switch (kind) {
    case "assign":
      return { do: kind, user_id: null };
    case "assign_team":
      return { do: kind, team_id: null, queue: false };
    case "tag":
      return { do: kind, add: [], remove: [] };
    case "set_priority":
      return { do: kind, priority: "high" };
    case "set_state":
      return { do: kind, state: "resolved" };
    case "note":
      return { do: kind, text: "" };
    case "reply":
      return { do: kind, texts: { [language]: "" } };
    case "saved_reply":
      return { do: kind, saved_reply_id: "" };
    case "notify":
      return { do: kind, user_ids: [], team_ids: [], assignee: true, text: "" };
    case "start_bot":
      return { do: kind, flow_id: "" };
    case "stop_bot":
      return { do: kind };
    case "call_hook":
      return { do: kind, hook_id: "" };
  }
}

/** Tells whether nothing that has to be chosen is missing, so that it can be kept. */
export function isWhole(action: Action): boolean {
  switch (action.do) {
    case "tag":
      return action.add.length + action.remove.length > 0;
    case "note":
      return action.text.trim() !== "";
    case "reply":
      return Object.values(action.texts).every((text) => text.trim() !== "") && Object.keys(action.texts).length > 0;
    case "saved_reply":
      return action.saved_reply_id !== "";
    case "notify":
      return action.assignee || action.user_ids.length + action.team_ids.length > 0;
    case "start_bot":
      return action.flow_id !== "";
    case "call_hook":
      return action.hook_id !== "";
    default:
      return true;
  }
}
