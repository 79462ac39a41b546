/** How a period went, step by step: messages in and out, reply times, the backlog. Each point opens what is behind it. */
import { Skeleton } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useCallback, useMemo } from "react";
import { useTranslation } from "../i18n";
import type { Asked } from "./asked";
import type { Colours } from "./colours";
import { NONE, shown } from "./numbers";
import { backlog, replies, volumes, type Words } from "./options";
import type { Point } from "./queries";
import classes from "./reports.module.css";

const Chart = lazy(() => import("./Chart"));

interface TimesProps {
  points: readonly Point[];
  step: string;
  asked: Asked;
}

/** The list behind a point of a chart. */
const behind = (asked: Asked, figure: string, point: Point): Asked =>
  figure === "waiting"
    ? { ...asked, figure, at: point.end }
    : { ...asked, figure, since: point.start, until: point.end };

export function Times({ points, step, asked }: TimesProps) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const locale = i18n.language;
  const words = useMemo<Words>(
    () => ({
      locale,
      received: t("reports.received"),
      sent: t("reports.sent"),
      median: t("reports.median"),
      ninety: t("reports.ninetyShort"),
      open: t("reports.openShort"),
      date: (at) =>
        new Date(at).toLocaleString(
          locale,
          step === "hour" ? { weekday: "short", hour: "2-digit" } : { day: "numeric", month: "short" },
        ),
    }),
    [locale, step, t],
  );
  const drawVolumes = useCallback((colours: Colours) => volumes(points, words, colours), [points, words]);
  const drawReplies = useCallback((colours: Colours) => replies(points, words, colours), [points, words]);
  const drawBacklog = useCallback((colours: Colours) => backlog(points, words, colours), [points, words]);
  const pick = (figures: readonly string[]) => (place: number, series: number) => {
    const point = points[place];
    const figure = figures[series] ?? figures[0];
    if (point === undefined || figure === undefined || (figure === "waiting" && point.open === null)) return;
    void navigate({ to: "/reports/$page", params: { page: "waits" }, search: behind(asked, figure, point) });
  };
  const sum = (of: "received" | "sent") => points.reduce((total, point) => total + point[of], 0);
  const most = points.reduce<Point | null>(
    (best, point) => (best === null || point.received > best.received ? point : best),
    null,
  );
  const slowest = points.reduce<Point | null>(
    (worst, point) => (point.p90 !== null && (worst?.p90 ?? -1) < point.p90 ? point : worst),
    null,
  );
  const last = points.findLast((point) => point.open !== null);
  const cell = (point: Point, figure: string, number: number | null, words_: string) => (
    <Opens key={figure} asked={behind(asked, figure, point)} n={number}>
      {words_}
    </Opens>
  );
  const count = (number: number | null) => (number === null ? NONE : number.toLocaleString(locale));
  const time = (number: number | null) => shown(number, "seconds", locale);
  return (
    <div className={classes.charts}>
      <figure>
        <figcaption>
          <h2>{t("reports.volumes")}</h2>
          <p>
            <span className={classes.key} aria-hidden />
            {t("reports.volumesIn", { count: sum("received") })}
            {" · "}
            <span className={classes.key} data-sent aria-hidden />
            {t("reports.volumesOut", { count: sum("sent") })}
            {most !== null && most.received > 0 && ` · ${t("reports.volumesMost", { date: words.date(most.start) })}`}
          </p>
        </figcaption>
        <Suspense fallback={<Skeleton height={220} />}>
          <Chart label={t("reports.volumes")} option={drawVolumes} pick={pick(["received", "sent"])} />
        </Suspense>
        <AsTable
          points={points}
          words={words}
          heads={[t("reports.received"), t("reports.sent")]}
          row={(point) => [
            cell(point, "received", point.received, count(point.received)),
            cell(point, "sent", point.sent, count(point.sent)),
          ]}
        />
      </figure>
      <figure>
        <figcaption>
          <h2>{t("reports.replies")}</h2>
          <p>
            <span className={classes.key} data-ninety aria-hidden />
            {t("reports.ninetyShort")}
            {" · "}
            <span className={classes.key} aria-hidden />
            {t("reports.median")}
            {" · "}
            {slowest === null
              ? t("reports.repliesNone")
              : t("reports.repliesText", {
                  date: words.date(slowest.start),
                  value: shown(slowest.p90, "seconds", locale),
                })}
          </p>
        </figcaption>
        <Suspense fallback={<Skeleton height={220} />}>
          <Chart label={t("reports.replies")} option={drawReplies} pick={pick(["reply"])} />
        </Suspense>
        <AsTable
          points={points}
          words={words}
          heads={[t("reports.median"), t("reports.ninetyShort"), t("reports.figures.attainment")]}
          row={(point) => [
            cell(point, "reply", point.p50, time(point.p50)),
            time(point.p90),
            cell(point, "attainment", point.attainment, shown(point.attainment, "share", locale)),
          ]}
        />
      </figure>
      <figure>
        <figcaption>
          <h2>{t("reports.backlog")}</h2>
          <p>{t("reports.backlogText", { count: last?.open ?? 0 })}</p>
        </figcaption>
        <Suspense fallback={<Skeleton height={220} />}>
          <Chart label={t("reports.backlog")} option={drawBacklog} pick={pick(["waiting"])} />
        </Suspense>
        <AsTable
          points={points}
          words={words}
          heads={[t("reports.openShort")]}
          row={(point) => [cell(point, "waiting", point.open, count(point.open))]}
        />
      </figure>
    </div>
  );
}

function Opens({ asked, n, children }: { asked: Asked; n: number | null; children: string }) {
  const { t } = useTranslation();
  if (n === null || (n === 0 && asked.figure !== "attainment" && asked.figure !== "reply")) return children;
  return (
    <Link to="/reports/$page" params={{ page: "waits" }} search={asked} title={t("reports.open")}>
      {children}
    </Link>
  );
}

interface TableProps {
  points: readonly Point[];
  words: Words;
  heads: readonly string[];
  row: (point: Point) => readonly ReactNode[];
}

/** The same points as a table: for the keyboard, for those who do not see the chart, and to read exact numbers. */
function AsTable({ points, words, heads, row }: TableProps) {
  const { t } = useTranslation();
  return (
    <details className={classes.asTable}>
      <summary>{t("reports.asTable")}</summary>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("reports.date")}</th>
            {heads.map((head) => (
              <th key={head} scope="col" data-number>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.start}>
              <th scope="row">{words.date(point.start)}</th>
              {row(point).map((cell, place) => (
                // oxlint-disable-next-line react/no-array-index-key -- the columns have a fixed order
                <td key={place} data-number>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
