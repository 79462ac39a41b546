/** A connector's own page on how to set it up. */
import { useMediaQuery } from "@mantine/hooks";
import { Markdown } from "markdown-to-jsx/react";
import { isValidElement, type ReactNode } from "react";
import { useTranslation } from "../i18n";
import { CopyLine } from "../ui/CopyLine";
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

/** The text of what Markdown made a block of code. */
function textOf(node: ReactNode): string {
  if (typeof node === "string") return node;
  if (Array.isArray(node)) return node.map(textOf).join("");
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : "";
}

function Line({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  return <CopyLine text={textOf(children).trim()} label={t("settings.line")} />;
}

const OPTIONS = { disableParsingRawHTML: true, forceBlock: true, overrides: { a: Anchor, pre: Code } };

/** Addresses in a sentence are mostly our own: nobody has to open them. Lines to put elsewhere are copied. */
const PLAIN = { ...OPTIONS, disableAutoLink: true, overrides: { a: Anchor, pre: Line } };

/** Markdown of ours, nothing in it read as HTML. */
export function Prose({ text }: { text: string }) {
  return (
    <div className={classes.prose}>
      <Markdown options={PLAIN}>{text}</Markdown>
    </div>
  );
}

/** Beside a form on a wide screen; above it, to be opened, on a narrow one. */
export function Readme({ text }: { text: string }) {
  const { t } = useTranslation();
  const narrow = useMediaQuery("(max-width: 900px)", false, { getInitialValueInEffect: false }) === true;
  if (text.trim() === "") return null;
  return (
    <aside className={classes.readme}>
      <details open={!narrow} key={String(narrow)}>
        <summary>{t("channel.guide")}</summary>
        <Markdown options={OPTIONS}>{text}</Markdown>
      </details>
    </aside>
  );
}
