/** Scores over time: of all, per agent, reviewer or question; the figures in words, as a chart, as a table and as CSV. */
import { Button, MultiSelect, SegmentedControl, Select } from "@mantine/core";
import { IconChartLine, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useMay, usePeople } from "../api/hooks";
import { useTranslation } from "../i18n";
import type { Colours } from "../reports/colours";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { cardsQuery, type Counted, scoresQuery, type Series } from "./queries";
import classes from "./reviews.module.css";
import { means, moved, type SpanName, SPANS, spanOf } from "./scores";
import { Wide } from "./Wide";

const Chart = lazy(() => import("../reports/Chart"));
const BYS = ["all", "agent", "reviewer", "question"] as const;
const PERIODS = ["day", "week", "month"] as const;

export function Scores() {
  const { t, i18n } = useTranslation();
  const mayReview = useMay("reviews_write");
  const people = usePeople();
  const cards = useQuery(cardsQuery(true)).data;
  const [by, setBy] = useState<Counted["by"]>("all");
  const [period, setPeriod] = useState<Counted["period"]>("week");
  const [span, setSpan] = useState<SpanName>("quarter");
  const [agent, setAgent] = useState<string[]>([]);
  const [reviewer, setReviewer] = useState<string[]>([]);
  const [card, setCard] = useState<string | null>(null);
  const [now] = useState(() => new Date());
  const which = {
    ...spanOf(span, now),
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...(agent.length > 0 ? { agent } : {}),
    ...(reviewer.length > 0 ? { reviewer } : {}),
    ...(card === null ? {} : { scorecard: card }),
  };
  const found = useQuery(scoresQuery({ by, period, ...which }));
  const questions = useMemo(
    () =>
      new Map(cards?.flatMap((one) => one.sections.flatMap((s) => s.questions.map((q) => [q.key, q.text] as const)))),
    [cards],
  );
  const nameOf = useCallback(
    (key: string): string =>
      by === "all"
        ? t("reviews.scores.all")
        : by === "question"
          ? (questions.get(key) ?? t("reviews.scores.oldQuestion"))
          : (people.get(key)?.name ?? "—"),
    [by, people, questions, t],
  );
  const series = found.data;
  const dateOf = useCallback(
    (at: string) => new Date(at).toLocaleDateString(i18n.language, { day: "numeric", month: "short" }),
    [i18n.language],
  );
  const option = useCallback(
    (colours: Colours) => means(series ?? [], nameOf, dateOf, colours),
    [series, nameOf, dateOf],
  );
  const csv = new URLSearchParams(
    Object.entries(which).flatMap(([key, value]) => [value].flat().map((one) => [key, one] as [string, string])),
  );
  const persons = [...people.values()].map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className={classes.rows}>
      <header className={classes.writeBar}>
        <h2>{t("reviews.pages.scores")}</h2>
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={16} />}
          href={`/api/v1/scores.csv?${csv}`}
          download
        >
          {t("reviews.scores.csv")}
        </Button>
      </header>
      <div className={classes.filters} role="group" aria-label={t("reviews.filters.title")}>
        <SegmentedControl
          aria-label={t("reviews.scores.by")}
          value={by}
          onChange={(value) => setBy(BYS.find((one) => one === value) ?? "all")}
          data={BYS.filter((one) => mayReview || one !== "reviewer").map((one) => ({
            value: one as string,
            label: t(`reviews.scores.bys.${one}`),
          }))}
        />
        <Select
          aria-label={t("reviews.filters.days")}
          data={(Object.keys(SPANS) as SpanName[]).map((one) => ({
            value: one as string,
            label: t(`reviews.scores.spans.${one}`),
          }))}
          value={span}
          onChange={(value) => setSpan((Object.keys(SPANS) as SpanName[]).find((one) => one === value) ?? "quarter")}
          allowDeselect={false}
          w={170}
        />
        <Select
          aria-label={t("reviews.scores.period")}
          data={PERIODS.map((one) => ({ value: one as string, label: t(`reviews.scores.periods.${one}`) }))}
          value={period}
          onChange={(value) => setPeriod(PERIODS.find((one) => one === value) ?? "week")}
          allowDeselect={false}
          w={140}
        />
        <Select
          aria-label={t("reviews.scorecard")}
          placeholder={t("reviews.scores.anyCard")}
          data={(cards ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={card}
          onChange={setCard}
          clearable
          w={190}
        />
        {mayReview && (
          <>
            <MultiSelect
              aria-label={t("reviews.filters.agent")}
              placeholder={agent.length === 0 ? t("reviews.filters.agent") : ""}
              data={persons}
              value={agent}
              onChange={setAgent}
              searchable
              clearable
              miw={140}
            />
            <MultiSelect
              aria-label={t("reviews.scores.reviewer")}
              placeholder={reviewer.length === 0 ? t("reviews.scores.reviewer") : ""}
              data={persons}
              value={reviewer}
              onChange={setReviewer}
              searchable
              clearable
              miw={140}
            />
          </>
        )}
      </div>
      {found.isPending && <RowSkeletons rows={4} />}
      {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
      {series?.length === 0 && (
        <Empty
          icon={<IconChartLine size={28} stroke={1.5} />}
          title={t("reviews.scores.none")}
          text={t("reviews.scores.noneText")}
        />
      )}
      {series !== undefined && series.length > 0 && (
        <>
          {by === "all" && series[0] !== undefined && (
            <p className={classes.figures}>
              <strong>
                {t("reviews.scores.mean")} {series[0].mean} %
              </strong>
              <span>n = {series[0].n.toLocaleString(i18n.language)}</span>
            </p>
          )}
          <Suspense fallback={<RowSkeletons rows={3} />}>
            <Chart label={t("reviews.pages.scores")} height={260} option={option} />
          </Suspense>
          <Figures series={series} nameOf={nameOf} />
        </>
      )}
    </div>
  );
}

function Figures({ series, nameOf }: { series: readonly Series[]; nameOf(key: string): string }) {
  const { t } = useTranslation();
  return (
    <Wide label={t("reviews.pages.scores")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("reviews.scores.who")}</th>
            <th scope="col">{t("reviews.scores.mean")}</th>
            <th scope="col">{t("reviews.scores.n")}</th>
            <th scope="col">{t("reviews.scores.lowest")}</th>
            <th scope="col">{t("reviews.scores.highest")}</th>
            <th scope="col">{t("reviews.failed")}</th>
            <th scope="col">{t("reviews.scores.moved")}</th>
          </tr>
        </thead>
        <tbody>
          {series.map((one) => {
            const lows = one.cells.flatMap(({ lowest }) => (lowest === null ? [] : [lowest]));
            const highs = one.cells.flatMap(({ highest }) => (highest === null ? [] : [highest]));
            const step = moved(one);
            return (
              <tr key={one.key}>
                <th scope="row">{nameOf(one.key)}</th>
                <td>{one.mean === null ? "—" : `${one.mean} %`}</td>
                <td>{one.n}</td>
                <td>{lows.length === 0 ? "—" : `${Math.min(...lows)} %`}</td>
                <td>{highs.length === 0 ? "—" : `${Math.max(...highs)} %`}</td>
                <td>{one.by === "question" ? "—" : one.cells.reduce((sum, { failed }) => sum + failed, 0)}</td>
                <td>{step === null ? "—" : `${step > 0 ? "+" : ""}${step}`}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Wide>
  );
}
