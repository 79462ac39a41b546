/** The order of the moments the hub gives. */

const comparable = (at: string): string => at.replace("Z", "");

/**
 * Compares two moments: below 0 if the first is earlier, 0 if they are the same.
 * As sent they do not sort: "…05Z" (no fraction, when it is a whole second) stands behind "…05.2Z" as text, and a
 * number would lose the microseconds.
 */
export function inTime(one: string, other: string): number {
  const [a, b] = [comparable(one), comparable(other)];
  return a === b ? 0 : a < b ? -1 : 1;
}
