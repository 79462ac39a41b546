/** A connector's own page on how to set it up. */
import { Markdown } from "markdown-to-jsx/react";
import classes from "./settings.module.css";

function Anchor(props: React.AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a {...props} target="_blank" rel="noopener noreferrer">
      {props.children}
    </a>
  );
}

export function Readme({ text }: { text: string }) {
  if (text.trim() === "") return null;
  return (
    <aside className={classes.readme}>
      <Markdown options={{ disableParsingRawHTML: true, forceBlock: true, overrides: { a: Anchor } }}>{text}</Markdown>
    </aside>
  );
}
