/** What each figure means, with an example: the product's own docs/metrics.md, so it is there without the internet. */
import { Markdown } from "markdown-to-jsx/react";
import { useEffect, useRef } from "react";
import text from "../../../docs/metrics.md?raw";
import { useTranslation } from "../i18n";
import classes from "./definitions.module.css";

const OPTIONS = {
  disableParsingRawHTML: true,
  forceBlock: true,
  slugify: (title: string) => title.toLowerCase().replaceAll(" ", "-"),
  overrides: { img: () => null },
};

export default function Definitions() {
  const { t } = useTranslation();
  const page = useRef<HTMLDivElement>(null);
  const wanted = decodeURIComponent(globalThis.location.hash.slice(1));
  useEffect(() => {
    const heading = wanted === "" ? null : page.current?.querySelector<HTMLElement>(`[id="${CSS.escape(wanted)}"]`);
    heading?.scrollIntoView({ block: "start" });
    if (heading) {
      heading.tabIndex = -1;
      heading.focus();
    }
  }, [wanted]);
  return (
    <article ref={page} className={classes.page} lang="en" aria-label={t("reports.definitionTitle")}>
      <Markdown options={OPTIONS}>{text}</Markdown>
    </article>
  );
}
