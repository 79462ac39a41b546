/** Cuts a text as the hub will: the same rules as `split_text` of hub/domain/sending.py. Pure. */
import { textLength } from "./limits";

/** Zero-width joiner, variation selectors, keycap. */
const JOINERS = new Set(["\u200d", "\ufe0e", "\ufe0f", "\u20e3"]);
const MARKS = ["\n\n", "\n", ". ", "! ", "? ", "。", " "];

/** Returns the parts of at most `limit` as the channel counts, cut after a paragraph, line, sentence or word. */
export function splitText(text: string, limit: number, unit: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (textLength(rest, unit) > limit) {
    const letters = Array.from(rest);
    const cut = bestCut(letters, fitting(letters, limit, unit));
    const head = letters.slice(0, cut).join("").trimEnd();
    rest = letters.slice(cut).join("").trimStart();
    if (head !== "") parts.push(head);
  }
  return rest === "" ? parts : [...parts, rest];
}

/** How many letters (code points) from the start fit the limit; at least one. */
function fitting(letters: readonly string[], limit: number, unit: string): number {
  let used = 0;
  for (const [index, letter] of letters.entries()) {
    used += textLength(letter, unit);
    if (used > limit) return Math.max(1, index);
  }
  return letters.length;
}

function bestCut(letters: readonly string[], room: number): number {
  for (const mark of MARKS) {
    const at = lastBefore(letters, mark, room);
    if (at >= Math.floor(room / 2)) return mark.trim() === "" ? at : Math.min(at + mark.length, room);
  }
  let cut = room;
  while (cut > 1 && joined(letters[cut - 1] ?? "", letters[cut] ?? "")) cut -= 1;
  return cut > 1 ? cut : room;
}

/** Where a mark stands for the last time within `room + 1` letters; -1 if nowhere. */
function lastBefore(letters: readonly string[], mark: string, room: number): number {
  for (let at = Math.min(room + 1, letters.length) - mark.length; at >= 0; at -= 1)
    if (letters.slice(at, at + mark.length).join("") === mark) return at;
  return -1;
}

/** Tells whether two letters belong to one sign: combining marks, variation selectors, joined emoji, flags. */
function joined(before: string, after: string): boolean {
  return (
    /^\p{Mn}$/u.test(after) ||
    JOINERS.has(after) ||
    /^\p{Emoji_Modifier}$/u.test(after) ||
    before === "\u200d" ||
    (/^\p{Regional_Indicator}$/u.test(before) && /^\p{Regional_Indicator}$/u.test(after))
  );
}
