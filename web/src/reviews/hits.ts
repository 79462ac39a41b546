/** The lines in which words are said. Pure. */
import type { Line } from "./queries";

export function hits(lines: readonly Line[], words: string): readonly Line[] {
  const wanted = words.trim().toLocaleLowerCase();
  return wanted === "" ? [] : lines.filter(({ text }) => text.toLocaleLowerCase().includes(wanted));
}
