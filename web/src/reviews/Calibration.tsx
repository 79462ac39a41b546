/** Several reviewers of one call side by side: question by question, where they agree and how far they are apart. */
import { useQuery } from "@tanstack/react-query";
import { usePeople } from "../api/hooks";
import { useTranslation } from "../i18n";
import { Broken, RowSkeletons } from "../ui/States";
import { calibrationQuery } from "./queries";
import type { components } from "../api/schema";
import classes from "./reviews.module.css";
import { Wide } from "./Wide";
import { useAnswerWords } from "./words";

type Compared = components["schemas"]["Compared"];

export function Calibration({ callId }: { callId: string }) {
  const { t } = useTranslation();
  const people = usePeople();
  const found = useQuery(calibrationQuery(callId));
  if (found.isPending) return <RowSkeletons rows={4} />;
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  const { calibration, scorecard } = found.data;
  const reviewers = Object.keys(calibration.scores);
  const percent = (value: number | null | undefined) => (typeof value === "number" ? `${value} %` : "—");
  return (
    <div className={classes.card}>
      <p className={classes.figures}>
        <span>{scorecard.name}</span>
        <span>{t("reviews.compare.mean", { percent: percent(calibration.mean) })}</span>
        <span>{t("reviews.compare.spread", { points: calibration.spread })}</span>
        {calibration.agreement !== null && (
          <strong>{t("reviews.compare.agreement", { percent: percent(calibration.agreement) })}</strong>
        )}
      </p>
      <Wide label={scorecard.name}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("reviews.cards.question")}</th>
              {reviewers.map((id) => (
                <th key={id} scope="col">
                  {people.get(id)?.name ?? "—"}
                  <small>{percent(calibration.scores[id])}</small>
                </th>
              ))}
              <th scope="col">{t("reviews.compare.apart")}</th>
            </tr>
          </thead>
          <tbody>
            {calibration.questions.map((compared) => (
              <Row key={compared.question.key} compared={compared} reviewers={reviewers} />
            ))}
          </tbody>
        </table>
      </Wide>
    </div>
  );
}

function Row({ compared, reviewers }: { compared: Compared; reviewers: readonly string[] }) {
  const { t } = useTranslation();
  const words = useAnswerWords();
  const { question, answers, points, agreed, spread } = compared;
  return (
    <tr data-apart={!agreed || undefined}>
      <th scope="row">{question.text}</th>
      {reviewers.map((id) => {
        const answer = answers[id];
        return (
          <td key={id}>
            {answer === undefined ? "—" : words(question, answer)}
            {points[id] !== undefined && <small>{t("reviews.compare.points", { points: points[id] })}</small>}
            {answer !== undefined && answer.note !== "" && <small>{answer.note}</small>}
          </td>
        );
      })}
      <td>
        {question.kind === "text" || question.weight === 0
          ? "—"
          : agreed
            ? t("reviews.compare.agreed")
            : t("reviews.compare.points", { points: spread })}
      </td>
    </tr>
  );
}
