/** Tries a question: which articles answer it, how alike they are, and whether a bot would give the first. */
import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import classes from "./bots.module.css";
import { ALIKE, type Article, matchesQuery } from "./knowledgeQueries";
import { languageOptions } from "./languages";

export function KnowledgeTry({ open }: { open: ((article: Article) => void) | undefined }) {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [language, setLanguage] = useState<string | null>(null);
  const found = useQuery(matchesQuery(asked, language));
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent" });
  const best = found.data?.find((match) => match.article.published);
  return (
    <section className={classes.try} aria-label={t("bots.knowledge.try")}>
      <strong>{t("bots.knowledge.try")}</strong>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(text.trim());
        }}
      >
        <TextInput
          aria-label={t("bots.knowledge.question")}
          placeholder={t("bots.knowledge.askPlaceholder")}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" loading={found.isFetching}>
          {t("bots.knowledge.ask")}
        </Button>
      </form>
      <Select
        aria-label={t("bots.knowledge.language")}
        placeholder={t("bots.knowledge.everyLanguage")}
        clearable
        searchable
        value={language}
        onChange={setLanguage}
        data={languageOptions(i18n.language)}
      />
      {found.isError && (
        <p role="alert" className={classes.bad}>
          {inWords(found.error)}
        </p>
      )}
      <div className={classes.matches} role="status">
        {found.isSuccess && (
          <p className={classes.quiet}>
            {best !== undefined && best.score >= ALIKE
              ? t("bots.knowledge.given", { title: best.article.questions[0], limit: percent.format(ALIKE) })
              : t("bots.knowledge.nothingFits", { limit: percent.format(ALIKE) })}
          </p>
        )}
        {found.data?.map(({ article, question, score }) => (
          <div key={article.id} data-fits={(article.published && score >= ALIKE) || undefined}>
            <meter min={0} max={1} value={score} aria-label={t("bots.knowledge.score")} />
            <strong className="tabular">{percent.format(score)}</strong>
            {open === undefined ? (
              <span>{question}</span>
            ) : (
              <button type="button" onClick={() => open(article)}>
                {question}
              </button>
            )}
            {!article.published && <small className={classes.state}>{t("bots.draft")}</small>}
            <p>{article.answer}</p>
          </div>
        ))}
      </div>
    </section>
  );
}
