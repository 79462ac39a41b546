/** What is typed after a slash while one writes: it asks for a saved reply. */
import { useRef, useState } from "react";

export interface Slash {
  /** Where the slash stands in the text. */
  start: number;
  /** Where the caret stands: what lies between is what is looked for. */
  end: number;
  asked: string;
}

/** A slash at the beginning or after a blank, with at most some words behind it; not "and/or", no address, no "1 / 2". */
const ASKED = /(?:^|\s)\/((?:[^\s/][^\n/]{0,39})?)$/;

export function slashAt(text: string, caret: number): Slash | null {
  const asked = ASKED.exec(text.slice(0, caret))?.[1];
  return asked === undefined ? null : { start: caret - asked.length - 1, end: caret, asked };
}

/** The slash being written; once it is closed, it stays closed until another one is typed. */
export function useSlash() {
  const [slash, setSlash] = useState<Slash | null>(null);
  const closed = useRef<number | null>(null);
  const typed = ({ value, selectionStart }: HTMLTextAreaElement) => {
    const found = slashAt(value, selectionStart);
    if (found?.start !== closed.current) closed.current = null;
    setSlash(closed.current === null ? found : null);
  };
  return {
    slash,
    typed,
    /** The caret went elsewhere. */
    moved: (field: HTMLTextAreaElement) => {
      if (slash !== null) typed(field);
    },
    close: () => {
      closed.current = slash?.start ?? null;
      setSlash(null);
    },
    /** The slash is gone from the text. */
    done: () => setSlash(null),
  };
}
