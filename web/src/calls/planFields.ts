/** Which fields each kind of step has, and how each is filled in. */
import type { Kind } from "./plan";

const field = <Key extends string, As extends string>(key: Key, as: As) => ({ key, as });

export const FIELDS = {
  announce: [field("prompt", "prompt"), field("consent", "flag"), field("then", "way")],
  menu: [
    field("prompt", "prompt"),
    field("choices", "choices"),
    field("wrong", "maybePrompt"),
    field("seconds", "seconds"),
    field("tries", "count"),
    field("otherwise", "way"),
  ],
  ring: [
    field("team", "team"),
    field("agents", "agents"),
    field("skills", "words"),
    field("strategy", "strategy"),
    field("ring_seconds", "seconds"),
    field("wait_seconds", "seconds"),
    field("queue_limit", "count"),
    field("music", "maybePrompt"),
    field("say_every", "seconds"),
    field("place", "maybePrompt"),
    field("callback", "offer"),
    field("no_answer", "way"),
    field("full", "way"),
  ],
  voicemail: [
    field("prompt", "prompt"),
    field("seconds", "seconds"),
    field("finish_key", "text"),
    field("thanks", "maybePrompt"),
  ],
  callback: [field("prompt", "prompt"), field("due_minutes", "minutes")],
  hours: [field("calendar", "calendar"), field("open", "way"), field("closed", "way")],
  forward: [
    field("line", "line"),
    field("number", "text"),
    field("seconds", "seconds"),
    field("overflow", "flag"),
    field("no_answer", "way"),
  ],
  hang_up: [field("prompt", "maybePrompt")],
} as const satisfies Record<Kind, readonly { key: string; as: string }[]>;

export type Field = (typeof FIELDS)[Kind][number];
/** Fields whose meaning needs a sentence. */
export const HINTED = ["consent", "agents", "wait_seconds", "say_every", "calendar", "overflow", "place"] as const;
export const isHinted = (key: string): key is (typeof HINTED)[number] => (HINTED as readonly string[]).includes(key);
