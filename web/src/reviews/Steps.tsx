/** What happened to a review, and what comes next: the agent replies or appeals, somebody else settles it. */
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay, usePeople, useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { When } from "../ui/When";
import { type Answer, type Review, reviewsQuery, type Scorecard } from "./queries";
import { Questions } from "./Questions";
import classes from "./reviews.module.css";

export function Steps({ review, card }: { review: Review; card: Scorecard | undefined }) {
  const { t } = useTranslation();
  const people = usePeople();
  const me = useSession().user.id;
  const maySettle = useMay("reviews_write") && review.agent_id !== me && review.state === "appealed";
  const mayReply = useMay("reviews_reply") && review.agent_id === me && review.state !== "draft";
  return (
    <>
      <ul className={classes.steps}>
        {review.steps.map((step) => (
          <li key={`${step.kind} ${step.at}`}>
            <span>
              {t(`reviews.steps.${step.kind}`, { name: people.get(step.by)?.name ?? "" })}
              {step.before !== null && step.before !== step.after && ` (${step.before} → ${step.after} %)`}
            </span>{" "}
            <When at={step.at} />
            {step.words !== "" && <p>{step.words}</p>}
          </li>
        ))}
      </ul>
      {(maySettle || mayReply) && <Say review={review} card={card} settles={maySettle} />}
    </>
  );
}

function Say({ review, card, settles }: { review: Review; card: Scorecard | undefined; settles: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [words, setWords] = useState("");
  const [answers, setAnswers] = useState<readonly Answer[] | null>(null);
  const say = useMutation({
    mutationFn: (what: "reply" | "appeal" | "settle") => {
      const to = { params: { path: { review_id: review.id } }, body: { words } };
      return what === "reply"
        ? body(client.POST("/reviews/{review_id}/reply", to))
        : what === "appeal"
          ? body(client.POST("/reviews/{review_id}/appeal", to))
          : body(
              client.POST("/reviews/{review_id}/settle", {
                ...to,
                body: { words, answers: answers === null ? null : [...answers] },
              }),
            );
    },
    onSuccess: () => {
      setWords("");
      setAnswers(null);
      return queries.invalidateQueries({ queryKey: reviewsQuery(review.call_id).queryKey });
    },
  });
  const empty = words.trim() === "";
  const mayAppeal = !settles && review.state === "submitted";
  return (
    <div className={classes.begin}>
      <Textarea
        label={t("reviews.words")}
        description={mayAppeal ? t("reviews.appealText") : undefined}
        autosize
        minRows={2}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {settles && answers !== null && card !== undefined && (
        <div className={classes.card}>
          <p className={classes.quiet}>{t("reviews.grantText")}</p>
          <Questions card={card} answers={answers} change={setAnswers} name={`${review.id}-appeal`} />
        </div>
      )}
      {say.isError && <p className={classes.problem}>{inWords(say.error)}</p>}
      <div className={classes.writeBar}>
        {settles ? (
          <>
            <Button disabled={empty} loading={say.isPending} onClick={() => say.mutate("settle")}>
              {t(answers === null ? "reviews.uphold" : "reviews.grantSave")}
            </Button>
            {answers === null ? (
              <Button variant="default" disabled={card === undefined} onClick={() => setAnswers(review.answers)}>
                {t("reviews.grant")}
              </Button>
            ) : (
              <Button variant="subtle" onClick={() => setAnswers(null)}>
                {t("reviews.cancel")}
              </Button>
            )}
          </>
        ) : (
          <Button disabled={empty} loading={say.isPending} onClick={() => say.mutate("reply")}>
            {t("reviews.reply")}
          </Button>
        )}
        {mayAppeal && (
          <Button variant="default" disabled={empty} loading={say.isPending} onClick={() => say.mutate("appeal")}>
            {t("reviews.appeal")}
          </Button>
        )}
      </div>
    </div>
  );
}
