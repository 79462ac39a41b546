/** Plain text with its links made clickable; nothing in it is ever read as HTML. */
import { Fragment } from "react";
import classes from "../message.module.css";

const LINK = /https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}]/gu;
const LONG = 4000;

/** Splits a text into plain pieces and links. */
export function pieces(text: string): { text: string; link: boolean }[] {
  const found: { text: string; link: boolean }[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index), link: false });
    found.push({ text: match[0], link: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), link: false });
  return found;
}

export function Words({ text }: { text: string }) {
  const emoji = text.length <= 12 && /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\s)+$/u.test(text);
  return (
    <p className={classes.text} data-emoji={emoji || undefined} data-long={text.length > LONG || undefined} dir="auto">
      {pieces(text).map((piece, index) =>
        piece.link ? (
          // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have no other name
          <a key={index} href={piece.text} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have no other name
          <Fragment key={index}>{piece.text}</Fragment>
        ),
      )}
    </p>
  );
}
