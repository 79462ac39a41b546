/** What the page of scores draws and adds up: pure functions of the series. */
import type { EChartsCoreOption } from "echarts/core";
import type { Colours } from "../reports/colours";
import type { Series } from "./queries";

const DRAWN = 6;
const PALETTE = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"] as const;

export const SPANS = { month: 30, quarter: 91, year: 365 } as const;
export type SpanName = keyof typeof SPANS;

/** The span that ends now, from the beginning of its first day. */
export function spanOf(name: SpanName, now: Date): { since: string; until: string } {
  const since = new Date(now.getFullYear(), now.getMonth(), now.getDate() - SPANS[name]);
  return { since: since.toISOString(), until: now.toISOString() };
}

/** From the first period to the last: how many points the mean moved; null without two periods that have one. */
export function moved({ cells }: Series): number | null {
  const found = cells.flatMap(({ mean }) => (mean === null ? [] : [mean]));
  const [first, last] = [found[0], found.at(-1)];
  return found.length < 2 || first === undefined || last === undefined ? null : Math.round((last - first) * 10) / 10;
}

/** Means over time, a gap where there was no review; the series with the most reviews, each named at its end. */
export function means(
  series: readonly Series[],
  name: (key: string) => string,
  date: (at: string) => string,
  colours: Colours,
): EChartsCoreOption {
  const axis = {
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
    axisLabel: { color: colours.quiet, fontSize: 12, hideOverlap: true },
    splitLine: { lineStyle: { color: colours.line } },
  };
  return {
    grid: { left: 8, right: series.length > 1 ? 140 : 24, top: 16, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.text, fontSize: 12 },
      valueFormatter: (value: unknown) => (typeof value === "number" ? `${value} %` : "—"),
    },
    xAxis: {
      type: "category",
      boundaryGap: false,
      data: (series[0]?.cells ?? []).map(({ begins }) => date(begins)),
      ...axis,
    },
    yAxis: { type: "value", min: 0, max: 100, ...axis, axisLine: { show: false } },
    series: series.slice(0, DRAWN).map((one, index) => {
      const colour = series.length === 1 ? colours.accent : (PALETTE[index] ?? PALETTE[0]);
      return {
        type: "line",
        name: name(one.key),
        data: one.cells.map(({ mean }) => mean),
        connectNulls: false,
        symbolSize: 5,
        lineStyle: { color: colour, width: 2 },
        itemStyle: { color: colour },
        endLabel: { show: series.length > 1, formatter: name(one.key), color: colours.text, fontSize: 12 },
        labelLayout: { moveOverlap: "shiftY" },
      };
    }),
  };
}
