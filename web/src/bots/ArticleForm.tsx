/** Writes an article: the ways customers ask, one answer, its language, tags and source. */
import { Button, Group, Modal, Select, Stack, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { Confirm } from "../ui/Confirm";
import classes from "./bots.module.css";
import type { Article } from "./knowledgeQueries";
import { languageOptions } from "./languages";

/** What an article begins from: nothing, an article that is there, or a question nobody could answer. */
export interface Beginning {
  article?: Article;
  question?: string;
  language?: string;
}

export function ArticleForm({ beginning, close }: { beginning: Beginning; close: () => void }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const { article } = beginning;
  const [id] = useState(() => article?.id ?? newId());
  const [questions, setQuestions] = useState(article?.questions.join("\n") ?? beginning.question ?? "");
  const [answer, setAnswer] = useState(article?.answer ?? "");
  const [language, setLanguage] = useState(article?.language ?? (beginning.language || i18n.language));
  const [tags, setTags] = useState<string[]>(article?.tags ?? []);
  const [topic, setTopic] = useState(article?.topic ?? "");
  const [source, setSource] = useState(article?.source ?? "");
  const [published, setPublished] = useState(article?.published ?? true);
  const [removing, setRemoving] = useState(false);
  const params = { path: { article_id: id } };
  const done = async () => {
    await queries.invalidateQueries({ queryKey: ["knowledge"] });
    close();
  };
  const save = useMutation({
    mutationFn: () => {
      const fields = {
        questions: questions
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean),
        answer,
        language,
        tags,
        topic: topic.trim(),
        source: source.trim(),
        published,
      };
      return article === undefined
        ? body(client.POST("/articles", { body: { id, ...fields } }))
        : body(client.PATCH("/articles/{article_id}", { params, body: fields }));
    },
    onSuccess: done,
  });
  const remove = useMutation({
    mutationFn: () => body(client.DELETE("/articles/{article_id}", { params })),
    onSuccess: done,
    onError: () => setRemoving(false),
  });
  const error = save.error ?? remove.error;
  if (removing)
    return (
      <Confirm
        title={t("bots.knowledge.remove")}
        text={t("bots.knowledge.removeText")}
        action={t("bots.knowledge.remove")}
        busy={remove.isPending}
        confirm={() => remove.mutate()}
        close={() => setRemoving(false)}
      />
    );
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      closeOnClickOutside={false}
      title={article === undefined ? t("bots.knowledge.add") : t("bots.knowledge.edit")}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <Textarea
            label={t("bots.knowledge.questions")}
            description={t("bots.knowledge.questionsText")}
            required
            autosize
            minRows={3}
            maxRows={10}
            data-autofocus
            value={questions}
            onChange={(event) => setQuestions(event.currentTarget.value)}
          />
          <Textarea
            label={t("bots.knowledge.answer")}
            description={t("bots.knowledge.answerText")}
            required
            autosize
            minRows={4}
            maxRows={16}
            maxLength={4000}
            value={answer}
            onChange={(event) => setAnswer(event.currentTarget.value)}
          />
          <Group grow align="flex-start">
            <Select
              label={t("bots.knowledge.language")}
              allowDeselect={false}
              searchable
              value={language}
              onChange={(value) => value !== null && setLanguage(value)}
              data={languageOptions(i18n.language, language)}
            />
            <TextInput
              label={t("bots.knowledge.topic")}
              description={t("bots.knowledge.topicText")}
              maxLength={60}
              value={topic}
              inputWrapperOrder={["label", "input", "description"]}
              onChange={(event) => setTopic(event.currentTarget.value)}
            />
          </Group>
          <TagsInput label={t("bots.knowledge.tags")} value={tags} onChange={setTags} maxTags={20} />
          <TextInput
            label={t("bots.knowledge.source")}
            placeholder="https://example.com/help"
            type="url"
            maxLength={1000}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
          <Switch
            label={t("bots.knowledge.published")}
            description={t("bots.knowledge.publishedText")}
            checked={published}
            onChange={(event) => setPublished(event.currentTarget.checked)}
          />
          {error !== null && (
            <p role="alert" className={classes.bad}>
              {inWords(error)}
            </p>
          )}
          <Group justify="space-between">
            {article === undefined ? (
              <span />
            ) : (
              <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
                {t("bots.knowledge.remove")}
              </Button>
            )}
            <Button type="submit" loading={save.isPending}>
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
