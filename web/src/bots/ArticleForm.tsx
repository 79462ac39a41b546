/** Writes an article: the ways customers ask, one answer, its language, tags and source. */
import { Group, Select, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { body, client } from "../api/client";
import { newId } from "../api/ids";
import { useTranslation } from "../i18n";
import { RecordModal } from "../ui/RecordModal";
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
  const { article } = beginning;
  const [id] = useState(() => article?.id ?? newId());
  const [questions, setQuestions] = useState(article?.questions.join("\n") ?? beginning.question ?? "");
  const [answer, setAnswer] = useState(article?.answer ?? "");
  const [language, setLanguage] = useState(article?.language ?? (beginning.language || i18n.language));
  const [tags, setTags] = useState<string[]>(article?.tags ?? []);
  const [topic, setTopic] = useState(article?.topic ?? "");
  const [source, setSource] = useState(article?.source ?? "");
  const [published, setPublished] = useState(article?.published ?? true);
  const params = { path: { article_id: id } };
  const save = () => {
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
  };
  const remove = () => body(client.DELETE("/articles/{article_id}", { params }));
  return (
    <RecordModal
      isNew={article === undefined}
      words={{
        add: t("bots.knowledge.add"),
        edit: t("bots.knowledge.edit"),
        remove: t("bots.knowledge.remove"),
        removeText: t("bots.knowledge.removeText"),
      }}
      save={save}
      remove={remove}
      listKey={["knowledge"]}
      close={close}
    >
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
    </RecordModal>
  );
}
