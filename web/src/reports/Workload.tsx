/** Who had how much to do: conversations handled step by step, how many at once, and what is on the table now. */
import { SegmentedControl, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useState } from "react";
import { usePeople } from "../api/hooks";
import { useTranslation } from "../i18n";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { WaitClock } from "../ui/WaitClock";
import type { Asked } from "./asked";
import type { Colours } from "./colours";
import { NONE } from "./numbers";
import { workloads } from "./options";
import { type AgentWork, workloadQuery } from "./queries";
import classes from "./reports.module.css";

const Chart = lazy(() => import("./Chart"));

export default function Workload({ asked }: { asked: Asked }) {
  const { t, i18n } = useTranslation();
  const people = usePeople();
  const [by, setBy] = useState<"handled" | "at_once">("handled");
  const found = useQuery(workloadQuery(asked));
  const agents = found.data?.agents;
  const step = found.data?.step;
  const locale = i18n.language;
  const nameOf = useCallback((id: string) => people.get(id)?.name ?? t("reports.gone"), [people, t]);
  const draw = useCallback(
    (colours: Colours) =>
      workloads(
        agents ?? [],
        by,
        {
          locale,
          name: nameOf,
          others: t("reports.work.others"),
          date: (at) =>
            new Date(at).toLocaleString(
              locale,
              step === "hour"
                ? { weekday: "short", hour: "2-digit", minute: "2-digit" }
                : { day: "numeric", month: "short" },
            ),
        },
        colours,
      ),
    [agents, by, locale, nameOf, step, t],
  );
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (agents === undefined || found.data === undefined) return <RowSkeletons rows={5} />;
  if (agents.length === 0) return <Empty title={t("reports.nothing")} text={t("reports.nothingText")} />;
  const handled = agents.reduce((total, one) => total + one.handled, 0);
  const busiest = agents.reduce<AgentWork | null>((best, one) => (one.most > (best?.most ?? 0) ? one : best), null);
  const day = (at: string) => new Date(at).toLocaleDateString(locale, { day: "numeric", month: "short" });
  return (
    <div className={classes.board} data-old={found.isPlaceholderData || undefined}>
      <figure className={classes.heat}>
        <figcaption>
          <h2>{t(`reports.work.by.${by}`)}</h2>
          <SegmentedControl
            size="xs"
            aria-label={t("reports.pages.workload")}
            value={by}
            onChange={(value) => setBy(value === "at_once" ? "at_once" : "handled")}
            data={(["handled", "at_once"] as const).map((value) => ({
              value: value as string,
              label: t(`reports.work.by.${value}`),
            }))}
          />
          <p>
            {by === "handled" || busiest === null
              ? t("reports.work.handledText", { count: handled })
              : t("reports.work.atOnceText", {
                  name: nameOf(busiest.user_id),
                  count: busiest.most,
                  date: day(busiest.most_at ?? found.data.span.start),
                })}
          </p>
        </figcaption>
        <Suspense fallback={<Skeleton height={260} />}>
          <Chart label={t(`reports.work.by.${by}`)} option={draw} height={260} />
        </Suspense>
      </figure>
      <Table agents={agents} asked={asked} nameOf={nameOf} />
      <p className={classes.note}>
        {t("reports.zone", {
          zone: found.data.zone,
          from: day(found.data.span.start),
          to: lastDay(found.data.span.end),
        })}{" "}
        {t("reports.work.meaning")}
      </p>
    </div>
  );

  function lastDay(end: string) {
    return day(new Date(Date.parse(end) - 1).toISOString());
  }
}

interface TableProps {
  agents: readonly AgentWork[];
  asked: Asked;
  nameOf: (id: string) => string;
}

function Table({ agents, asked, nameOf }: TableProps) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  const number = (value: number | null) =>
    value === null ? NONE : value.toLocaleString(locale, { maximumFractionDigits: 1 });
  const largest = Math.max(1, ...agents.map((one) => one.handled));
  return (
    <div
      className={classes.scroll}
      role="region"
      aria-label={t("reports.pages.workload")}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
      tabIndex={0}
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("reports.one.agent")}</th>
            {(["handled", "hours", "perHour", "atOnce", "most", "open"] as const).map((key) => (
              <th key={key} scope="col" data-number>
                {t(`reports.work.columns.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {agents.map((one) => {
            const alone = { ...asked, agent: [one.user_id], figure: "handled" };
            return (
              <tr key={one.user_id}>
                <th scope="row">
                  {nameOf(one.user_id)}
                  <span
                    className={classes.bar}
                    style={{ width: `${Math.round((one.handled / largest) * 100)}%` }}
                    aria-hidden
                  />
                </th>
                <td data-number>
                  <Opens asked={alone} n={one.handled}>
                    {number(one.handled)}
                  </Opens>
                </td>
                <td data-number>{number(one.hours)}</td>
                <td data-number>{number(one.per_hour)}</td>
                <td data-number>{number(one.at_once)}</td>
                <td data-number>
                  <Opens asked={{ ...alone, figure: "sent", ...hourOf(one.most_at) }} n={one.most}>
                    {number(one.most)}
                  </Opens>
                  {one.most_at !== null && (
                    <small>
                      {new Date(one.most_at).toLocaleString(locale, {
                        day: "numeric",
                        month: "short",
                        hour: "2-digit",
                        minute: "2-digit",
                      })}
                    </small>
                  )}
                </td>
                <td data-number>
                  {one.load === null ? NONE : number(one.load.open)}{" "}
                  {one.load?.oldest && <WaitClock since={one.load.oldest} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Opens({ asked, n, children }: { asked: Asked; n: number; children: string }) {
  const { t } = useTranslation();
  return n === 0 ? (
    children
  ) : (
    <Link to="/reports/$page" params={{ page: "waits" }} search={asked} title={t("reports.open")}>
      {children}
    </Link>
  );
}

/** The hour that begins at a moment, as the address bar says it. */
const hourOf = (at: string | null): Asked =>
  at === null ? {} : { since: at, until: new Date(Date.parse(at) + 3_600_000).toISOString() };
