/** A scorecard being filled in, with its total as it stands; read only for everybody but its reviewer. */
import { Button, Checkbox, Radio, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { body, client } from "../api/client";
import { useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { type Answer, earnedQuery, type Question, type Review, reviewsQuery, type Scorecard } from "./queries";
import classes from "./reviews.module.css";

const PAUSE = 700;

export function Card({ card, review }: { card: Scorecard; review: Review }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useSession().user.id;
  const mine = review.reviewer_id === me && (review.state === "draft" || review.state === "submitted");
  const [answers, setAnswers] = useState<readonly Answer[]>(review.answers);
  const [summary, setSummary] = useState(review.summary);
  const [settled] = useDebouncedValue(mine ? answers : review.answers, 200);
  const now = useMemo(() => ({ answers, summary }), [answers, summary]);
  const [written] = useDebouncedValue(now, PAUSE);
  const earned = useQuery(earnedQuery(card, settled)).data;
  const path = { review_id: review.id };
  const refresh = () => queries.invalidateQueries({ queryKey: reviewsQuery(review.call_id).queryKey });
  const save = useMutation({
    mutationFn: (filled: { answers: readonly Answer[]; summary: string }) =>
      body(
        client.PUT("/reviews/{review_id}", {
          params: { path },
          body: { answers: [...filled.answers], summary: filled.summary },
        }),
      ),
  });
  const submit = useMutation({
    mutationFn: async () => {
      await save.mutateAsync({ answers, summary });
      if (review.state === "draft") await body(client.POST("/reviews/{review_id}/submit", { params: { path } }));
    },
    onSuccess: refresh,
  });
  const keep = useEffectEvent((filled: { answers: readonly Answer[]; summary: string }) => {
    const changed = filled.answers !== review.answers || filled.summary !== review.summary;
    if (mine && changed && review.state === "draft" && !submit.isPending) save.mutate(filled);
  });
  useEffect(() => keep(written), [written]);
  const say = (question: string, part: Partial<Answer>) =>
    setAnswers((said) => {
      const before = said.find((one) => one.question === question) ?? { question };
      return [...said.filter((one) => one.question !== question), { ...before, ...part }];
    });
  const questions = card.sections.flatMap((section) => section.questions);
  const failedBy = earned?.failed_by.map((key) => questions.find((one) => one.key === key)?.text ?? key) ?? [];
  const shown = mine ? answers : review.answers;
  return (
    <div className={classes.card}>
      <p className={classes.total} data-tone={earned?.passed === false || failedBy.length > 0 ? "bad" : "plain"}>
        <span>{card.name}</span>
        <output aria-label={t("reviews.total")}>
          {typeof earned?.percent === "number" ? `${earned.percent} %` : "—"}
        </output>
        {typeof earned?.passed === "boolean" && (
          <span>{t(earned.passed ? "reviews.passed" : "reviews.notPassed")}</span>
        )}
      </p>
      {failedBy.length > 0 && (
        <p className={classes.problem}>{t("reviews.failedBy", { questions: failedBy.join(", ") })}</p>
      )}
      {card.sections.map((section) => {
        const percent = earned?.sections.find(({ key }) => key === section.key)?.percent;
        return (
          <fieldset key={section.key} disabled={!mine}>
            <legend>
              {section.title}
              <small>{typeof percent === "number" ? ` ${percent} %` : ""}</small>
            </legend>
            {section.questions.map((question) => (
              <Asked
                key={question.key}
                question={question}
                answer={shown.find((one) => one.question === question.key)}
                say={(part) => say(question.key, part)}
                name={`${review.id}-${question.key}`}
              />
            ))}
          </fieldset>
        );
      })}
      {mine ? (
        <>
          <Textarea
            label={t("reviews.summary")}
            autosize
            minRows={2}
            value={summary}
            onChange={(event) => setSummary(event.currentTarget.value)}
          />
          {(submit.isError || save.isError) && (
            <p className={classes.problem} role="alert">
              {inWords(submit.error ?? save.error)}
            </p>
          )}
          <div className={classes.writeBar}>
            <span className={classes.quiet} role="status">
              {review.state === "draft" && save.isPending && t("reviews.saving")}
              {review.state === "draft" && save.isSuccess && t("reviews.saved")}
            </span>
            <Button loading={submit.isPending} onClick={() => submit.mutate()}>
              {t(review.state === "draft" ? "reviews.submit" : "reviews.saveChange")}
            </Button>
          </div>
        </>
      ) : (
        review.summary !== "" && <p>{review.summary}</p>
      )}
    </div>
  );
}

interface AskedProps {
  question: Question;
  answer: Answer | undefined;
  name: string;
  say(part: Partial<Answer>): void;
}

function Asked({ question, answer, name, say }: AskedProps) {
  const { t } = useTranslation();
  const choices =
    question.kind === "choice"
      ? question.choices.map(({ key, label }) => ({ value: key, label }))
      : question.kind === "yes_no"
        ? [
            { value: "yes", label: t("reviews.yes") },
            { value: "no", label: t("reviews.no") },
          ]
        : ["1", "2", "3", "4", "5"].map((value) => ({ value, label: value }));
  const label = `${question.text}${question.mandatory ? " *" : ""}`;
  return (
    <div className={classes.question}>
      {question.kind === "text" ? (
        <Textarea
          label={label}
          autosize
          value={answer?.value ?? ""}
          onChange={(event) => say({ value: event.currentTarget.value, na: false })}
        />
      ) : (
        <Radio.Group
          name={name}
          label={label}
          value={answer?.value ?? ""}
          onChange={(value) => say({ value, na: false })}
        >
          <div className={classes.choices}>
            {choices.map((choice) => (
              <Radio key={choice.value} value={choice.value} label={choice.label} />
            ))}
          </div>
        </Radio.Group>
      )}
      {question.guide !== "" && (
        <details className={classes.quiet}>
          <summary>{t("reviews.guide")}</summary>
          {question.guide}
        </details>
      )}
      <div className={classes.choices}>
        {question.may_be_na && (
          <Checkbox
            label={t("reviews.notApplicable")}
            checked={answer?.na ?? false}
            onChange={(event) => say(event.currentTarget.checked ? { na: true, value: null } : { na: false })}
          />
        )}
        <TextInput
          aria-label={`${t("reviews.note")}: ${question.text}`}
          placeholder={t("reviews.note")}
          value={answer?.note ?? ""}
          onChange={(event) => say({ note: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}
