/** What customers asked bots and no article answered: each may become an article. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "../i18n";
import settings from "../settings/settings.module.css";
import { Broken } from "../ui/States";
import { When } from "../ui/When";
import classes from "./bots.module.css";
import { unansweredQuery } from "./knowledgeQueries";

export function Unanswered({ write }: { write: ((question: string, language: string) => void) | undefined }) {
  const { t } = useTranslation();
  const found = useInfiniteQuery(unansweredQuery);
  const questions = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h3 className={settings.section}>{t("bots.knowledge.unanswered")}</h3>
      {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && (
        <p className={classes.quiet}>
          {questions.length === 0 ? t("bots.knowledge.unansweredNone") : t("bots.knowledge.unansweredText")}
        </p>
      )}
      <ul className={classes.flows}>
        {questions.map((question) => (
          <li key={question.id}>
            <span className={classes.article}>
              {question.text}
              <small>
                {question.language !== "" && `${question.language} · `}
                <When at={question.asked_at} as="ago" />
              </small>
            </span>
            {write !== undefined && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t("bots.knowledge.answerIt", { question: question.text })}
                onClick={() => write(question.text, question.language)}
              >
                {t("bots.knowledge.add")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("common.more")}
        </Button>
      )}
    </>
  );
}
