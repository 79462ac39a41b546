/** An agent's own figures: how they went, and what is on the table now. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useCallback } from "react";
import { Skeleton } from "@mantine/core";
import { useSession } from "../api/hooks";
import { useTranslation } from "../i18n";
import { Broken, RowSkeletons } from "../ui/States";
import { WaitClock } from "../ui/WaitClock";
import type { Asked } from "./asked";
import type { Colours } from "./colours";
import { MyScores } from "./MyScores";
import { replies } from "./options";
import { periodOf } from "./query";
import { figuresQuery, mineQuery } from "./queries";
import classes from "./reports.module.css";
import { Tile } from "./Tile";

const Chart = lazy(() => import("./Chart"));

export function Mine({ asked: whole }: { asked: Asked }) {
  const { t, i18n } = useTranslation();
  const { user } = useSession();
  const asked = periodOf(whole);
  // What opens behind a figure of one's own is one's own, also for who may read everybody's.
  const mine: Asked = { ...asked, agent: [user.id] };
  const figures = useQuery(figuresQuery);
  const found = useQuery(mineQuery(asked));
  const points = found.data?.series.points;
  const locale = i18n.language;
  const draw = useCallback(
    (colours: Colours) =>
      replies(
        points ?? [],
        {
          locale,
          received: "",
          sent: "",
          open: "",
          median: t("reports.median"),
          ninety: t("reports.ninetyShort"),
          date: (at) => new Date(at).toLocaleDateString(locale, { day: "numeric", month: "short" }),
        },
        colours,
      ),
    [points, locale, t],
  );
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (!found.isSuccess || !figures.isSuccess) return <RowSkeletons rows={4} />;
  const known = new Map(figures.data.map((figure) => [figure.key, figure]));
  const { load } = found.data;
  const answered = points?.some((point) => point.p50 !== null) ?? false;
  return (
    <div className={classes.board}>
      <p className={classes.now}>
        {load === null ? t("reports.tableEmpty") : t("reports.table", { count: load.open, waiting: load.waiting })}
        {load !== null && load.oldest !== null && (
          <>
            {" · "}
            {t("reports.oldest")}{" "}
            <Link
              to="/reports/$page"
              params={{ page: "waits" }}
              search={{ ...mine, figure: "waiting" }}
              title={t("reports.open")}
            >
              <WaitClock since={load.oldest} />
            </Link>
          </>
        )}
        {load !== null && load.open > 0 && (
          <>
            {" · "}
            <Link to="/inbox" search={{ view: "mine" }}>
              {t("reports.openMine")}
            </Link>
          </>
        )}
      </p>
      <div className={classes.tiles}>
        {found.data.values.flatMap((value) => {
          const figure = known.get(value.figure);
          return figure === undefined ? [] : [<Tile key={value.figure} figure={figure} value={value} asked={mine} />];
        })}
      </div>
      {points !== undefined && points.length > 0 && (
        <MyScores asked={asked} from={points[0]?.start ?? ""} to={points.at(-1)?.end ?? ""} />
      )}
      <figure>
        <figcaption>
          <h2>{t("reports.replies")}</h2>
          {answered ? (
            <p>
              <span className={classes.key} data-ninety aria-hidden />
              {t("reports.ninetyShort")}
              {" · "}
              <span className={classes.key} aria-hidden />
              {t("reports.median")}
            </p>
          ) : (
            <p>{t("reports.repliesNone")}</p>
          )}
        </figcaption>
        {answered && (
          <Suspense fallback={<Skeleton height={220} />}>
            <Chart label={t("reports.replies")} option={draw} />
          </Suspense>
        )}
      </figure>
    </div>
  );
}
