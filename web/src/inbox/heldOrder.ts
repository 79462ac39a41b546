/** Keeps rows where they are while the pointer is over them, so that nobody clicks on the wrong one. Pure. */

/**
 * Returns the rows in the held order: known ones keep their place, gone ones leave, new ones wait.
 * Rows behind all known ones were loaded by scrolling: they follow at the end without moving anything.
 */
export function holdOrder<T extends { id: string }>(
  held: readonly string[],
  rows: readonly T[],
): { rows: T[]; waiting: number } {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const kept = held.flatMap((id) => byId.get(id) ?? []);
  const known = new Set(held);
  const lastKnown = rows.findLastIndex((row) => known.has(row.id));
  const loaded = rows.slice(lastKnown + 1);
  return { rows: [...kept, ...loaded], waiting: rows.length - kept.length - loaded.length };
}
