/** Which saved replies are meant by what was typed, the likeliest first. */
import type { SavedReply } from "./queries";

/** Without case and marks, so that "czesc" finds "Cześć". */
const folded = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().replaceAll("ł", "l");

export function matching<Reply extends Pick<SavedReply, "name" | "shortcut">>(
  replies: readonly Reply[],
  asked: string,
  textOf: (reply: Reply) => string,
): Reply[] {
  const words = folded(asked).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...replies];
  const whole = words.join(" ");
  return replies
    .flatMap((reply) => {
      const [shortcut, name, text] = [folded(reply.shortcut), folded(reply.name), folded(textOf(reply))];
      if (shortcut === whole) return [{ reply, rank: 0 }];
      if (shortcut.startsWith(whole)) return [{ reply, rank: 1 }];
      if (name.startsWith(whole)) return [{ reply, rank: 2 }];
      if (words.every((word) => `${shortcut} ${name}`.includes(word))) return [{ reply, rank: 3 }];
      return words.every((word) => `${name} ${text}`.includes(word)) ? [{ reply, rank: 4 }] : [];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ reply }) => reply);
}
