/** What was said of an agent's work: the scores of their reviewed calls over time, and how satisfied customers were. */
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useCallback } from "react";
import { useMay, useSession } from "../api/hooks";
import { useTranslation } from "../i18n";
import type { Asked } from "./asked";
import type { Colours } from "./colours";
import { NONE, shown } from "./numbers";
import { scoresOver } from "./options";
import { myScoresQuery, satisfactionQuery } from "./queries";
import classes from "./reports.module.css";

const Chart = lazy(() => import("./Chart"));

export function MyScores({ asked, from, to }: { asked: Asked; from: string; to: string }) {
  const { t, i18n } = useTranslation();
  const me = useSession().user.id;
  const mayScores = useMay("reviews_read");
  const scores = useQuery({ ...myScoresQuery(me, from, to), enabled: mayScores }).data?.[0];
  const happy = useQuery(satisfactionQuery({ ...asked, agent: [me] })).data?.whole;
  const locale = i18n.language;
  const draw = useCallback(
    (colours: Colours) =>
      scoresOver(
        scores?.cells ?? [],
        t("reports.scores.mean"),
        (at) => new Date(at).toLocaleDateString(locale, { day: "numeric", month: "short" }),
        colours,
      ),
    [locale, scores, t],
  );
  return (
    <section aria-label={t("reports.scores.title")}>
      <h2>{t("reports.scores.title")}</h2>
      <div className={classes.tiles}>
        <div className={classes.tile} data-figure="review_score">
          <span className={classes.tileName}>{t("reports.scores.calls")}</span>
          {scores !== undefined && scores.mean !== null ? (
            <Link className={classes.tileNumber} to="/reviews">
              {t("reports.scores.points", { value: scores.mean.toLocaleString(locale) })}
            </Link>
          ) : (
            <span className={classes.tileNumber}>{NONE}</span>
          )}
          <span className={classes.tileMore}>
            <span className={classes.n}>n = {(scores?.n ?? 0).toLocaleString(locale)}</span>
          </span>
        </div>
        <div className={classes.tile} data-figure="satisfaction">
          <span className={classes.tileName}>{t("reports.scores.satisfied")}</span>
          <span className={classes.tileNumber}>{shown(happy?.satisfied ?? null, "share", locale)}</span>
          <span className={classes.tileMore}>
            <span className={classes.n}>n = {(happy?.answered ?? 0).toLocaleString(locale)}</span>
            {happy !== undefined && happy.asked > 0 && ` · ${t("reports.scores.asked", { count: happy.asked })}`}
          </span>
        </div>
      </div>
      {scores !== undefined && scores.n > 0 && (
        <figure className={classes.heat}>
          <Suspense fallback={<Skeleton height={180} />}>
            <Chart label={t("reports.scores.calls")} option={draw} height={180} />
          </Suspense>
        </figure>
      )}
    </section>
  );
}
