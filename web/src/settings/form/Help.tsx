/** What a setting is for: links can be followed, and a long text is folded after its first sentences. */
import { useState } from "react";
import { useTranslation } from "../../i18n";
import { pieces } from "../../inbox/content/Words";
import classes from "./form.module.css";

const LONG = 240;
/** Examples are to be read, not opened. */
const EXAMPLE = /^https?:\/\/[^/]*(?:\*|\bexample\b|\blocalhost\b|\b127\.)/;

/** Cuts after the last sentence that fits, or after a word. */
export function beginning(text: string): string {
  if (text.length <= LONG) return text;
  const head = text.slice(0, LONG);
  const sentence = head.lastIndexOf(". ");
  if (sentence > LONG / 3) return head.slice(0, sentence + 1);
  return `${head.slice(0, head.lastIndexOf(" "))} …`;
}

export function Help({ text }: { text: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const head = beginning(text);
  return (
    <>
      {pieces(open ? text : head).map((piece, index) =>
        piece.link && !EXAMPLE.test(piece.text) ? (
          // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have no other name
          <a key={index} className={classes.link} href={piece.text} target="_blank" rel="noopener noreferrer">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
      {head !== text && (
        <button
          type="button"
          className={classes.more}
          aria-expanded={open}
          onClick={(event) => {
            event.preventDefault();
            setOpen(!open);
          }}
        >
          {open ? t("form.lessText") : t("form.moreText")}
        </button>
      )}
    </>
  );
}
