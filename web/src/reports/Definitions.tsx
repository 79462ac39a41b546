/** What each figure means, with an example: the product's own docs/metrics.md, so it is there without the internet. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Markdown } from "markdown-to-jsx/react";
import { useEffect, useRef } from "react";
import text from "../../../docs/metrics.md?raw";
import { useTranslation } from "../i18n";
import classes from "./definitions.module.css";
import { type Figure, figuresQuery } from "./queries";
import { useFigureWords } from "./words";

const slug = (title: string) => title.toLowerCase().replaceAll(" ", "-");
/** Where a part of the document stands below the reader's own words. */
const below = (id: string) => `en-${id}`;
const OPTIONS = {
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: { img: () => null },
};

export default function Definitions() {
  const { t, i18n } = useTranslation();
  const english = i18n.language === "en";
  const figures = useQuery({ ...figuresQuery, enabled: !english }).data;
  const there = english || figures !== undefined;
  const page = useRef<HTMLDivElement>(null);
  const wanted = decodeURIComponent(globalThis.location.hash.slice(1));
  useEffect(() => {
    if (!there) return;
    const heading = wanted === "" ? null : page.current?.querySelector<HTMLElement>(`[id="${CSS.escape(wanted)}"]`);
    heading?.scrollIntoView({ block: "start" });
    if (heading) {
      heading.tabIndex = -1;
      heading.focus();
    }
  }, [wanted, there]);
  return (
    <div ref={page} className={classes.page}>
      {!english && (
        <article aria-labelledby="figures">
          <h1 id="figures">{t("reports.definitionTitle")}</h1>
          {figures?.map((figure) => (
            <Meaning key={figure.key} figure={figure} />
          ))}
          <p>{t("reports.definitionMore")}</p>
        </article>
      )}
      <article lang="en" aria-label={english ? t("reports.definitionTitle") : t("reports.definitionMore")}>
        <Markdown options={{ ...OPTIONS, slugify: english ? slug : (title: string) => below(slug(title)) }}>
          {text}
        </Markdown>
      </article>
    </div>
  );
}

/** What a figure is in the reader's language; the example stands in the document. */
function Meaning({ figure }: { figure: Figure }) {
  const { t } = useTranslation();
  const { name, formula } = useFigureWords(figure);
  const id = figure.link.split("#")[1] ?? "";
  return (
    <>
      <h2 id={id} className={classes.figure}>
        {name}
      </h2>
      <p>
        {formula}{" "}
        <Link to="/reports/$page" params={{ page: "definitions" }} hash={below(id)}>
          {t("reports.definitionExample")}
        </Link>
      </p>
    </>
  );
}
