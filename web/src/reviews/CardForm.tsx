/** A scorecard's form: sections and questions with weights that have to make 100 %. */
import { Button, Checkbox, MultiSelect, NumberInput, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import {
  answersOf,
  type CardDraft,
  draftOf,
  evenly,
  newQuestion,
  newSection,
  type QuestionDraft,
  type SectionDraft,
  shareQuestions,
  withKind,
} from "./draft";
import type { Scorecard } from "./queries";
import classes from "./reviews.module.css";

const KINDS = ["yes_no", "scale", "choice", "text"] as const;

export function CardForm({ card, close }: { card: Scorecard | null; close(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [id] = useState(() => card?.id ?? newId());
  const [draft, setDraft] = useState<CardDraft>(() =>
    card === null
      ? { name: "", description: "", pass_mark: null, sections: [newSection(newId(), newId())] }
      : draftOf(card),
  );
  const change = (part: Partial<CardDraft>) => setDraft((before) => ({ ...before, ...part }));
  const { sections } = draft;
  const save = useMutation({
    mutationFn: () =>
      card === null
        ? body(client.POST("/scorecards", { body: { ...draft, id } }))
        : body(
            client.PUT("/scorecards/{scorecard_id}", {
              params: { path: { scorecard_id: id } },
              body: { ...draft, base: card.version },
            }),
          ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["scorecards"] });
      close();
    },
  });
  return (
    <form
      className={classes.card}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput
        label={t("reviews.cards.name")}
        required
        data-autofocus
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Textarea
        label={t("reviews.cards.description")}
        autosize
        value={draft.description ?? ""}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <NumberInput
        label={t("reviews.cards.passMark")}
        min={0}
        max={100}
        value={draft.pass_mark ?? ""}
        onChange={(value) => change({ pass_mark: typeof value === "number" ? value : null })}
      />
      <Weights
        weights={sections.map(({ weight }) => weight)}
        share={() => {
          const shares = evenly(sections.length);
          change({ sections: sections.map((one, index) => ({ ...one, weight: shares[index] ?? 0 })) });
        }}
      />
      {sections.map((section, index) => (
        <Section
          key={section.key}
          section={section}
          change={(next) => change({ sections: sections.with(index, next) })}
          remove={() => change({ sections: sections.toSpliced(index, 1) })}
        />
      ))}
      <Button
        variant="default"
        onClick={() => change({ sections: [...sections, { ...newSection(newId(), newId()), weight: 0 }] })}
      >
        {t("reviews.cards.addSection")}
      </Button>
      {save.isError && (
        <p className={classes.problem} role="alert">
          {inWords(save.error)}
        </p>
      )}
      <Button type="submit" loading={save.isPending}>
        {card === null ? t("reviews.cards.save") : t("reviews.cards.saveNext", { version: card.version + 1 })}
      </Button>
    </form>
  );
}

function Weights({ weights, share }: { weights: readonly number[]; share(): void }) {
  const { t } = useTranslation();
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return (
    <p className={classes.writeBar}>
      <output className={sum === 100 ? classes.quiet : classes.problem}>{t("reviews.cards.sum", { sum })}</output>
      {sum !== 100 && (
        <Button variant="subtle" size="compact-sm" onClick={share}>
          {t("reviews.cards.even")}
        </Button>
      )}
    </p>
  );
}

const whole = (value: string | number): number => (typeof value === "number" ? Math.round(value) : 0);

interface SectionProps {
  section: SectionDraft;
  change(next: SectionDraft): void;
  remove(): void;
}

function Section({ section, change, remove }: SectionProps) {
  const { t } = useTranslation();
  const { questions } = section;
  return (
    <fieldset>
      <legend>{t("reviews.cards.section")}</legend>
      <div className={classes.choices}>
        <TextInput
          label={t("reviews.cards.name")}
          required
          value={section.title}
          onChange={(event) => change({ ...section, title: event.currentTarget.value })}
        />
        <NumberInput
          label={t("reviews.cards.weight")}
          min={0}
          max={100}
          value={section.weight}
          onChange={(value) => change({ ...section, weight: whole(value) })}
        />
        <IconButton label={t("reviews.cards.remove", { name: section.title })} onClick={remove}>
          <IconTrash size={16} />
        </IconButton>
      </div>
      <Weights weights={questions.map(({ weight }) => weight)} share={() => change(shareQuestions(section))} />
      {questions.map((question, index) => (
        <Question
          key={question.key}
          question={question}
          change={(next) => change({ ...section, questions: questions.with(index, next) })}
          remove={() => change({ ...section, questions: questions.toSpliced(index, 1) })}
        />
      ))}
      <Button
        variant="default"
        onClick={() => change({ ...section, questions: [...questions, { ...newQuestion(newId()), weight: 0 }] })}
      >
        {t("reviews.cards.addQuestion")}
      </Button>
    </fieldset>
  );
}

interface QuestionProps {
  question: QuestionDraft;
  change(next: QuestionDraft): void;
  remove(): void;
}

function Question({ question, change, remove }: QuestionProps) {
  const { t } = useTranslation();
  const choices = question.choices ?? [];
  const label = (answer: string): string =>
    answer === "yes" || answer === "no"
      ? t(`reviews.${answer}`)
      : (choices.find(({ key }) => key === answer)?.label ?? "") || answer;
  return (
    <Stack gap={8}>
      <TextInput
        label={t("reviews.cards.question")}
        required
        value={question.text}
        onChange={(event) => change({ ...question, text: event.currentTarget.value })}
      />
      <div className={classes.choices}>
        <Select
          label={t("reviews.cards.kind")}
          data={KINDS.map((kind) => ({ value: kind as string, label: t(`reviews.cards.kinds.${kind}`) }))}
          value={question.kind}
          allowDeselect={false}
          onChange={(value) => {
            const kind = KINDS.find((one) => one === value);
            if (kind !== undefined) change(withKind(question, kind, [newId(), newId()]));
          }}
        />
        <NumberInput
          label={t("reviews.cards.weight")}
          min={0}
          max={100}
          disabled={question.kind === "text"}
          value={question.weight}
          onChange={(value) => change({ ...question, weight: whole(value) })}
        />
        <IconButton label={t("reviews.cards.remove", { name: question.text })} onClick={remove}>
          <IconTrash size={16} />
        </IconButton>
      </div>
      {choices.map((choice, index) => (
        <div key={choice.key} className={classes.choices}>
          <TextInput
            label={t("reviews.cards.choice")}
            required
            value={choice.label}
            onChange={(event) =>
              change({ ...question, choices: choices.with(index, { ...choice, label: event.currentTarget.value }) })
            }
          />
          <NumberInput
            label={t("reviews.cards.points")}
            min={0}
            max={100}
            value={choice.points}
            onChange={(value) =>
              change({ ...question, choices: choices.with(index, { ...choice, points: whole(value) }) })
            }
          />
        </div>
      ))}
      {question.kind === "choice" && (
        <Button
          variant="subtle"
          onClick={() => change({ ...question, choices: [...choices, { key: newId(), label: "", points: 0 }] })}
        >
          {t("reviews.cards.addChoice")}
        </Button>
      )}
      <Textarea
        label={t("reviews.cards.guide")}
        autosize
        value={question.guide ?? ""}
        onChange={(event) => change({ ...question, guide: event.currentTarget.value })}
      />
      {question.kind !== "text" && (
        <MultiSelect
          label={t("reviews.cards.fails")}
          data={answersOf(question).map((answer) => ({ value: answer, label: label(answer) }))}
          value={question.fails ?? []}
          onChange={(fails) => change({ ...question, fails })}
        />
      )}
      <div className={classes.choices}>
        <Checkbox
          label={t("reviews.cards.mandatory")}
          checked={question.mandatory ?? true}
          onChange={(event) => change({ ...question, mandatory: event.currentTarget.checked })}
        />
        <Checkbox
          label={t("reviews.cards.mayBeNa")}
          checked={question.may_be_na ?? true}
          onChange={(event) => change({ ...question, may_be_na: event.currentTarget.checked })}
        />
      </div>
    </Stack>
  );
}
