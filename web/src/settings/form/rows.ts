/** Rows that keep who they are while they move: the records of a form have no ids of their own. Pure. */

export interface Rows {
  ids: readonly number[];
  next: number;
}

export const noRows: Rows = { ids: [], next: 0 };

/** As many ids as there are records: missing ones are added at the end, surplus ones taken from there. */
export function fitted(rows: Rows, count: number): Rows {
  if (rows.ids.length === count) return rows;
  const missing = Math.max(0, count - rows.ids.length);
  const more = Array.from({ length: missing }, (_, index) => rows.next + index);
  return { ids: [...rows.ids.slice(0, count), ...more], next: rows.next + missing };
}

export function without<T>(items: readonly T[], index: number): T[] {
  return items.filter((_item, at) => at !== index);
}

/** The same items with one a step further up (-1) or down (1); as they are if there is no such place. */
export function moved<T>(items: readonly T[], index: number, by: -1 | 1): T[] {
  const to = index + by;
  const [a, b] = [items[index], items[to]];
  if (index < 0 || to < 0 || index >= items.length || to >= items.length) return [...items];
  return items.map((item, at) => (at === index ? (b as T) : at === to ? (a as T) : item));
}
