/** Knowledge: what bots and the assistant may answer from, how a question is matched, and what nobody could answer. */
import { Button, Group, Select } from "@mantine/core";
import { IconBook2, IconDownload, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "../api/hooks";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { ArticleForm, type Beginning } from "./ArticleForm";
import classes from "./bots.module.css";
import { KnowledgeFile } from "./KnowledgeFile";
import { KnowledgeTry } from "./KnowledgeTry";
import { type Article, articlesQuery } from "./knowledgeQueries";
import { languageName, languageOptions } from "./languages";
import { Unanswered } from "./Unanswered";

export default function Knowledge() {
  const { t, i18n } = useTranslation();
  const mayWrite = useMay("knowledge_write");
  const [language, setLanguage] = useState<string | null>(null);
  const [open, setOpen] = useState<Beginning | null>(null);
  const found = useInfiniteQuery(articlesQuery(language));
  const articles = found.data?.pages.flatMap((page) => page.items) ?? [];
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen({})}>
      {t("bots.knowledge.add")}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t("settings.knowledge.title")}
        text={t("settings.knowledge.text")}
        action={
          <Group gap="xs">
            <Button
              component="a"
              href="/api/v1/knowledge/file"
              download
              variant="default"
              leftSection={<IconDownload size={16} />}
            >
              {t("bots.knowledge.export")}
            </Button>
            {mayWrite && <KnowledgeFile />}
            {add}
          </Group>
        }
      />
      <div className={`${settings.content} ${settings.wide}`}>
        <div className={classes.split}>
          <div>
            <Select
              aria-label={t("bots.knowledge.language")}
              placeholder={t("bots.knowledge.everyLanguage")}
              clearable
              searchable
              value={language}
              onChange={setLanguage}
              data={languageOptions(i18n.language)}
              maw={260}
              mb="xs"
            />
            {found.isPending && <RowSkeletons rows={4} />}
            {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
            {found.isSuccess && articles.length === 0 && (
              <Empty
                icon={<IconBook2 size={28} stroke={1.4} />}
                title={t("bots.knowledge.none")}
                text={t("bots.knowledge.noneText")}
                action={add}
              />
            )}
            <ul className={classes.flows}>
              {articles.map((article) => (
                <Row key={article.id} article={article} open={mayWrite ? () => setOpen({ article }) : undefined} />
              ))}
            </ul>
            {found.hasNextPage && (
              <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                {t("common.more")}
              </Button>
            )}
            <Unanswered write={mayWrite ? (question, its) => setOpen({ question, language: its }) : undefined} />
          </div>
          <KnowledgeTry open={mayWrite ? (article) => setOpen({ article }) : undefined} />
        </div>
      </div>
      {open !== null && <ArticleForm beginning={open} close={() => setOpen(null)} />}
    </>
  );
}

function Row({ article, open }: { article: Article; open: (() => void) | undefined }) {
  const { t, i18n } = useTranslation();
  const title = article.questions[0] ?? "";
  return (
    <li>
      <span className={classes.article}>
        {open === undefined ? (
          <strong>{title}</strong>
        ) : (
          <button type="button" onClick={open}>
            {title}
          </button>
        )}
        <small className={classes.oneLine}>{article.answer}</small>
        <small>
          {[
            languageName(article.language, i18n.language),
            ...(article.questions.length > 1
              ? [t("bots.knowledge.variants", { count: article.questions.length - 1 })]
              : []),
            ...(article.tags.length > 0 ? [article.tags.join(", ")] : []),
            ...(article.shown > 0
              ? [
                  t("bots.knowledge.counts", {
                    shown: article.shown,
                    helped: article.helped,
                    not: article.not_helped,
                  }),
                ]
              : []),
          ].join(" · ")}
        </small>
      </span>
      {!article.published && <span className={classes.state}>{t("bots.draft")}</span>}
    </li>
  );
}
