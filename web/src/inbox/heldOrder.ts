/** Keeps rows where they are while the pointer is over them, so that nobody clicks on the wrong one. */
import { useRef } from "react";

/** Returns the rows in the held order: known ones keep their place, new ones wait. Gone ones leave. */
export function holdOrder<T extends { id: string }>(held: readonly string[], rows: readonly T[]): { rows: T[]; waiting: number } {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const kept = held.flatMap((id) => byId.get(id) ?? []);
  const known = new Set(held);
  const lastKnown = rows.findLastIndex((row) => known.has(row.id));
  // Rows behind all known ones were loaded by scrolling: they may follow at the end without moving anything.
  const loaded = rows.slice(lastKnown + 1);
  return { rows: [...kept, ...loaded], waiting: rows.length - kept.length - loaded.length };
}

export function useHeldOrder<T extends { id: string }>(rows: readonly T[], hold: boolean, list: string): { rows: readonly T[]; waiting: number } {
  const held = useRef<{ list: string; ids: readonly string[] }>({ list, ids: [] });
  if (!hold || held.current.list !== list || held.current.ids.length === 0) {
    held.current = { list, ids: rows.map((row) => row.id) };
    return { rows, waiting: 0 };
  }
  const result = holdOrder(held.current.ids, rows);
  held.current = { list, ids: result.rows.map((row) => row.id) };
  return result;
}
