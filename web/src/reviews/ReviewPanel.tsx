/** The reviews of a call: mine to fill in, others to read, and what an agent may answer. */
import { Button, Checkbox, Modal, Select } from "@mantine/core";
import { IconColumns } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay, usePeople, useSession } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import type { Call } from "../calls/queries";
import { useTranslation } from "../i18n";
import { cardQuery, cardsQuery, type Review, reviewsQuery } from "./queries";
import { Calibration } from "./Calibration";
import { Card } from "./Card";
import { Steps } from "./Steps";
import classes from "./reviews.module.css";

export function ReviewPanel({ call }: { call: Call }) {
  const { t } = useTranslation();
  const me = useSession().user.id;
  const mayReview = useMay("reviews_write");
  const found = useQuery(reviewsQuery(call.id));
  const reviews = found.data ?? [];
  const [comparing, setComparing] = useState(false);
  const mine = reviews.some((one) => one.reviewer_id === me);
  // Nobody reviews their own call.
  const others = call.agents.filter((id) => id !== me);
  return (
    <section className={classes.panel}>
      <header className={classes.writeBar}>
        <h2>{t("reviews.reviews")}</h2>
        {mayReview && reviews.filter(({ state }) => state !== "draft").length > 1 && (
          <Button variant="default" leftSection={<IconColumns size={16} />} onClick={() => setComparing(true)}>
            {t("reviews.compare.open")}
          </Button>
        )}
      </header>
      <Modal
        opened={comparing}
        onClose={() => setComparing(false)}
        title={t("reviews.compare.title")}
        size="min(1100px, 100%)"
        xOffset={12}
      >
        <Calibration callId={call.id} />
      </Modal>
      {found.isError && <p className={classes.problem}>{inWords(found.error)}</p>}
      {found.isSuccess && reviews.length === 0 && (!mayReview || others.length === 0) && (
        <p className={classes.quiet}>{t("reviews.noReviews")}</p>
      )}
      {found.isSuccess && mayReview && !mine && others.length > 0 && <Begin call={call} agents={others} />}
      {reviews.map((review) => (
        <One key={review.id} review={review} />
      ))}
    </section>
  );
}

function Begin({ call, agents }: { call: Call; agents: readonly string[] }) {
  const { t } = useTranslation();
  const people = usePeople();
  const queries = useQueryClient();
  const cards = useQuery(cardsQuery(false)).data;
  const [card, setCard] = useState<string | null>(null);
  const [agent, setAgent] = useState<string | null>(agents[0] ?? null);
  const [calibration, setCalibration] = useState(false);
  const chosen = card ?? cards?.[0]?.id;
  const begin = useMutation({
    mutationFn: (scorecard: string) =>
      body(
        client.POST("/calls/{call_id}/reviews", {
          params: { path: { call_id: call.id } },
          body: { id: newId(), scorecard_id: scorecard, agent_id: agent, calibration },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: reviewsQuery(call.id).queryKey }),
  });
  if (cards === undefined) return null;
  if (chosen === undefined) return <p className={classes.quiet}>{t("reviews.noCards")}</p>;
  return (
    <form
      className={classes.begin}
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate(chosen);
      }}
    >
      <Select
        label={t("reviews.scorecard")}
        data={cards.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={setCard}
        allowDeselect={false}
      />
      {agents.length > 1 && (
        <Select
          label={t("reviews.whom")}
          data={agents.map((id) => ({ value: id, label: people.get(id)?.name ?? id }))}
          value={agent}
          onChange={setAgent}
          allowDeselect={false}
        />
      )}
      <Checkbox
        label={t("reviews.calibration")}
        checked={calibration}
        onChange={(event) => setCalibration(event.currentTarget.checked)}
      />
      {begin.isError && <p className={classes.problem}>{inWords(begin.error)}</p>}
      <Button type="submit" loading={begin.isPending}>
        {t("reviews.beginReview")}
      </Button>
    </form>
  );
}

function One({ review }: { review: Review }) {
  const { t } = useTranslation();
  const people = usePeople();
  const card = useQuery(cardQuery(review.scorecard_id, review.version));
  return (
    <article className={classes.review}>
      <header>
        <strong>{t("reviews.by", { name: people.get(review.reviewer_id)?.name ?? "" })}</strong>
        <span className={classes.quiet}>
          {t("reviews.about", { name: people.get(review.agent_id)?.name ?? "" })} ·{" "}
          {t(`reviews.reviewStates.${review.state}`)}
          {review.calibration && ` · ${t("reviews.calibration")}`}
        </span>
      </header>
      {card.isError && <p className={classes.problem}>{inWords(card.error)}</p>}
      {card.data !== undefined && <Card card={card.data} review={review} />}
      <Steps review={review} card={card.data} />
    </article>
  );
}
