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

function Code(props: React.HTMLAttributes<HTMLPreElement>) {
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
  return <pre {...props} tabIndex={0} />;
}

const OPTIONS = { disableParsingRawHTML: true, forceBlock: true, overrides: { a: Anchor, pre: Code } };

/** Markdown of ours, nothing in it read as HTML. */
export function Prose({ text }: { text: string }) {
  return (
    <div className={classes.prose}>
      <Markdown options={OPTIONS}>{text}</Markdown>
    </div>
  );
}

export function Readme({ text }: { text: string }) {
  if (text.trim() === "") return null;
  return (
    <aside className={classes.readme}>
      <Markdown options={OPTIONS}>{text}</Markdown>
    </aside>
  );
}
