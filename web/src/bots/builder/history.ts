/** What was drawn before, for undo and redo. Edits with one key that follow each other (typing) are one. */

export interface History<Value> {
  past: readonly Value[];
  now: Value;
  future: readonly Value[];
  key: string;
}

const LIMIT = 100;

export const begun = <Value>(now: Value): History<Value> => ({ past: [], now, future: [], key: "" });

export function edited<Value>(history: History<Value>, now: Value, key = ""): History<Value> {
  if (now === history.now) return history;
  const same = key !== "" && key === history.key && history.past.length > 0;
  return { past: same ? history.past : [...history.past, history.now].slice(-LIMIT), now, future: [], key };
}

export function undone<Value>(history: History<Value>): History<Value> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], key: "" };
}

export function redone<Value>(history: History<Value>): History<Value> {
  const [next, ...rest] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.now], now: next, future: rest, key: "" };
}
