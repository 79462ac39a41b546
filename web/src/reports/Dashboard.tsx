/** A manager's first look: figures compared with the period before, how they went, when it is busy, and by whom. */
import { SegmentedControl, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useTranslation } from "../i18n";
import { Broken, Empty } from "../ui/States";
import { WaitClock } from "../ui/WaitClock";
import type { Asked } from "./asked";
import type { Colours } from "./colours";
import { Groups, MoreGroups } from "./Groups";
import { shown } from "./numbers";
import { backlog, heat, replies, volumes, type Words } from "./options";
import {
  type Dashboard as Found,
  dashboardQuery,
  type Figure,
  figuresQuery,
  type HeatCell,
  type Point,
} from "./queries";
import classes from "./reports.module.css";
import { Tile } from "./Tile";
import { weekdays } from "./weekdays";

const Chart = lazy(() => import("./Chart"));

const FIRST = ["first_response", "reply", "attainment", "waits_begun", "received", "sent"];
const SECTIONS = [
  {
    key: "targets",
    figures: ["resolution_attainment", "service_level_messages", "service_level", "callback_attainment"],
  },
  {
    key: "speed",
    figures: ["first_response_business", "reply_business", "later_reply", "first_answer", "agent_reply"],
  },
  { key: "work", figures: ["first_resolution", "full_resolution", "returned", "closed", "handled", "customer_reply"] },
  { key: "calls", figures: ["calls_received", "calls_made", "missed", "callback", "called_again"] },
  { key: "bots", figures: ["handover", "bot_handed_over", "contained", "containment", "sent_by_bot"] },
] as const;

export function Dashboard({ asked }: { asked: Asked }) {
  const figures = useQuery(figuresQuery);
  const found = useQuery(dashboardQuery(asked, true));
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (figures.isError) return <Broken error={figures.error} retry={() => void figures.refetch()} />;
  if (!found.isSuccess || !figures.isSuccess)
    return (
      <div className={classes.tiles} aria-busy="true">
        {FIRST.map((key) => (
          <Skeleton key={key} height={96} />
        ))}
      </div>
    );
  return <Shown asked={asked} found={found.data} figures={figures.data} old={found.isPlaceholderData} />;
}

interface ShownProps {
  asked: Asked;
  found: Found;
  figures: readonly Figure[];
  old: boolean;
}

function Shown({ asked, found, figures, old }: ShownProps) {
  const { t, i18n } = useTranslation();
  const values = new Map(found.values.map((value) => [value.figure, value]));
  const known = new Map(figures.map((figure) => [figure.key, figure]));
  const tiles = (keys: readonly string[]) =>
    keys.flatMap((key) => {
      const figure = known.get(key);
      return figure === undefined ? [] : [<Tile key={key} figure={figure} value={values.get(key)} asked={asked} />];
    });
  const nothing = found.values.every((value) => value.n === 0) && found.open.n === 0;
  return (
    <div className={classes.board} data-old={old || undefined}>
      <Now found={found} />
      {nothing && <Empty title={t("reports.nothing")} text={t("reports.nothingText")} />}
      <section className={classes.tiles} aria-label={t("reports.sections.first")}>
        {tiles(FIRST)}
      </section>
      <Times points={found.series.points} step={found.series.step} />
      <Heat cells={found.heat.cells} />
      {SECTIONS.map((section) => (
        <section key={section.key}>
          <h2>{t(`reports.sections.${section.key}`)}</h2>
          <div className={classes.tiles}>{tiles(section.figures)}</div>
        </section>
      ))}
      <Groups by="channel" groups={found.channels} figures={known} asked={asked} />
      <Groups by="team" groups={found.teams} figures={known} asked={asked} />
      <Groups by="agent" groups={found.agents} figures={known} asked={asked} />
      <MoreGroups asked={asked} figures={known} />
      {found.notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
      <p className={classes.note}>
        {t("reports.zone", {
          zone: found.zone,
          from: date(found.span.start, i18n.language),
          to: lastDay(found.span.end, i18n.language),
        })}
      </p>
    </div>
  );
}

/** What is so at this moment, whatever the period. */
function Now({ found }: { found: Found }) {
  const { t, i18n } = useTranslation();
  const { n, oldest, late } = found.open;
  return (
    <p className={classes.now} role="status">
      {t("reports.waitingNow", { count: n })}
      {oldest !== null && (
        <>
          {" · "}
          {t("reports.oldest")} <WaitClock since={oldest} />
        </>
      )}
      {late > 0 && <span className={classes.late}>{` · ${t("reports.late", { count: late })}`}</span>}
      {found.behind > 0 && (
        <span className={classes.quiet}>{` · ${t("reports.behind", { count: found.behind })}`}</span>
      )}
      <span className="srOnly">{shown(n, "number", i18n.language)}</span>
    </p>
  );
}

const date = (at: string, locale: string) =>
  new Date(at).toLocaleDateString(locale, { day: "numeric", month: "short", year: "numeric" });
const lastDay = (end: string, locale: string) => date(new Date(Date.parse(end) - 1).toISOString(), locale);

function Times({ points, step }: { points: readonly Point[]; step: string }) {
  const { t, i18n } = useTranslation();
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
          <Chart label={t("reports.volumes")} option={drawVolumes} />
        </Suspense>
      </figure>
      <figure>
        <figcaption>
          <h2>{t("reports.replies")}</h2>
          <p>
            {slowest === null
              ? t("reports.repliesNone")
              : t("reports.repliesText", {
                  date: words.date(slowest.start),
                  value: shown(slowest.p90, "seconds", locale),
                })}
          </p>
        </figcaption>
        <Suspense fallback={<Skeleton height={220} />}>
          <Chart label={t("reports.replies")} option={drawReplies} />
        </Suspense>
      </figure>
      <figure>
        <figcaption>
          <h2>{t("reports.backlog")}</h2>
          <p>{t("reports.backlogText", { count: last?.open ?? 0 })}</p>
        </figcaption>
        <Suspense fallback={<Skeleton height={220} />}>
          <Chart label={t("reports.backlog")} option={drawBacklog} />
        </Suspense>
      </figure>
    </div>
  );
}

function Heat({ cells }: { cells: readonly HeatCell[] }) {
  const { t, i18n } = useTranslation();
  const [by, setBy] = useState<"received" | "p50">("received");
  const locale = i18n.language;
  const days = useMemo(() => weekdays(locale), [locale]);
  const draw = useCallback((colours: Colours) => heat(cells, by, days, locale, colours), [by, cells, days, locale]);
  const top = cells.reduce<HeatCell | null>(
    (best, cell) => ((cell[by] ?? -1) > (best?.[by] ?? -1) ? cell : best),
    null,
  );
  if (cells.length === 0) return null;
  return (
    <figure className={classes.heat}>
      <figcaption>
        <h2>{t("reports.heat")}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t("reports.heat")}
          value={by}
          onChange={(value) => setBy(value as "received" | "p50")}
          data={[
            { value: "received", label: t("reports.received") },
            { value: "p50", label: t("reports.replies") },
          ]}
        />
        {top !== null && (
          <p>
            {t(by === "received" ? "reports.busiest" : "reports.slowest", {
              day: days[top.weekday] ?? "",
              hour: `${String(top.hour).padStart(2, "0")}:00`,
              value: shown(top[by], by === "p50" ? "seconds" : "number", locale),
            })}
          </p>
        )}
      </figcaption>
      <Suspense fallback={<Skeleton height={230} />}>
        <Chart label={t("reports.heat")} option={draw} height={230} />
      </Suspense>
    </figure>
  );
}
