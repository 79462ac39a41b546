/** A scorecard being filled in, with its total as it stands; read only for everybody but its reviewer. */
import { Button, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { body, client } from "../api/client";
import { useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { type Answer, type Review, reviewsQuery, type Scorecard } from "./queries";
import { Questions } from "./Questions";
import classes from "./reviews.module.css";

const PAUSE = 700;

export function Card({ card, review }: { card: Scorecard; review: Review }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useSession().user.id;
  const mine = review.reviewer_id === me && (review.state === "draft" || review.state === "submitted");
  const [answers, setAnswers] = useState<readonly Answer[]>(review.answers);
  const [summary, setSummary] = useState(review.summary);
  const now = useMemo(() => ({ answers, summary }), [answers, summary]);
  const [written] = useDebouncedValue(now, PAUSE);
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
  return (
    <div className={classes.card}>
      <Questions
        card={card}
        answers={mine ? answers : review.answers}
        change={mine ? setAnswers : null}
        name={review.id}
      />
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
