/** What the charts of a dashboard draw: pure functions of the figures. */
import type { EChartsCoreOption } from "echarts/core";
import { span } from "../ui/time";
import type { Colours } from "./colours";
import { NONE } from "./numbers";
import type { HeatCell, Point } from "./queries";

export interface Words {
  locale: string;
  received: string;
  sent: string;
  median: string;
  ninety: string;
  open: string;
  date: (at: string) => string;
}

const grid = { left: 8, right: 16, top: 28, bottom: 4, containLabel: true };

function axis(colours: Colours) {
  return {
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
    axisLabel: { color: colours.quiet, fontSize: 12, hideOverlap: true },
    splitLine: { lineStyle: { color: colours.line } },
  };
}

const tooltip = (colours: Colours, words: (value: unknown) => string) => ({
  trigger: "axis" as const,
  renderMode: "richText" as const,
  backgroundColor: colours.surface,
  borderColor: colours.line,
  textStyle: { color: colours.text, fontSize: 12 },
  valueFormatter: words,
});

const end = (name: string, colour: string) => ({
  endLabel: { show: true, formatter: name, color: colour, fontSize: 12 },
  labelLayout: { moveOverlap: "shiftY" as const },
});

const line = (name: string, colour: string, data: (number | null)[]) => ({
  type: "line" as const,
  name,
  data,
  showSymbol: data.length < 3,
  symbolSize: 5,
  lineStyle: { color: colour, width: 2 },
  itemStyle: { color: colour },
  connectNulls: false,
  ...end(name, colour),
});

const count = (locale: string) => (value: unknown) => (typeof value === "number" ? value.toLocaleString(locale) : NONE);
const time = (locale: string) => (value: unknown) => (typeof value === "number" ? span(value * 1000, locale) : NONE);

/** Messages in and out, side by side. */
export function volumes(points: readonly Point[], words: Words, colours: Colours): EChartsCoreOption {
  const bar = (name: string, colour: string, data: number[]) => ({
    type: "bar" as const,
    name,
    data,
    itemStyle: { color: colour, borderRadius: [2, 2, 0, 0] },
    barMaxWidth: 22,
  });
  return {
    grid,
    tooltip: tooltip(colours, count(words.locale)),
    xAxis: { type: "category", data: points.map((point) => words.date(point.start)), ...axis(colours) },
    yAxis: { type: "value", minInterval: 1, ...axis(colours), axisLine: { show: false } },
    series: [
      bar(
        words.received,
        colours.accent,
        points.map((point) => point.received),
      ),
      bar(
        words.sent,
        colours.good,
        points.map((point) => point.sent),
      ),
    ],
  };
}

const STEPS = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800];

/** The distance of lines of a scale of time that a person would choose: about four of them up to the largest value. */
export function timeStep(largest: number): number {
  return STEPS.find((step) => largest / step <= 5) ?? Math.ceil(largest / 5 / 604_800) * 604_800;
}

/** Reply times: median and 90 %, with gaps where nobody was answered. */
export function replies(points: readonly Point[], words: Words, colours: Colours): EChartsCoreOption {
  return {
    grid: { ...grid, right: 64 },
    tooltip: tooltip(colours, time(words.locale)),
    xAxis: {
      type: "category",
      boundaryGap: false,
      data: points.map((point) => words.date(point.start)),
      ...axis(colours),
    },
    yAxis: {
      type: "value",
      ...axis(colours),
      axisLine: { show: false },
      interval: timeStep(Math.max(1, ...points.map((point) => point.p90 ?? 0))),
      axisLabel: { color: colours.quiet, fontSize: 12, formatter: time(words.locale) },
    },
    series: [
      line(
        words.ninety,
        colours.wait,
        points.map((point) => point.p90),
      ),
      line(
        words.median,
        colours.accent,
        points.map((point) => point.p50),
      ),
    ],
  };
}

/** How many waited at the end of each step. */
export function backlog(points: readonly Point[], words: Words, colours: Colours): EChartsCoreOption {
  const series = line(
    words.open,
    colours.accent,
    points.map((point) => point.open),
  );
  return {
    grid: { ...grid, right: 64 },
    tooltip: tooltip(colours, count(words.locale)),
    xAxis: {
      type: "category",
      boundaryGap: false,
      data: points.map((point) => words.date(point.start)),
      ...axis(colours),
    },
    yAxis: { type: "value", minInterval: 1, ...axis(colours), axisLine: { show: false } },
    series: [{ ...series, areaStyle: { color: colours.tint } }],
  };
}

/** Hour by weekday: how much comes in, or how long customers wait. */
export function heat(
  cells: readonly HeatCell[],
  by: "received" | "p50",
  days: readonly string[],
  locale: string,
  colours: Colours,
): EChartsCoreOption {
  const values = cells.map((cell) => cell[by]).filter((value): value is number => value !== null);
  const words = by === "p50" ? time(locale) : count(locale);
  return {
    grid: { ...grid, top: 4 },
    tooltip: {
      ...tooltip(colours, words),
      trigger: "item",
      formatter: ({ value }: { value: [number, number, number] }) =>
        `${days[value[1]] ?? ""} ${String(value[0]).padStart(2, "0")}:00  ${words(value[2])}`,
    },
    xAxis: {
      type: "category",
      data: Array.from({ length: 24 }, (_, hour) => String(hour)),
      splitArea: { show: false },
      ...axis(colours),
    },
    yAxis: { type: "category", data: [...days], inverse: true, ...axis(colours) },
    visualMap: {
      show: false,
      min: 0,
      max: Math.max(1, ...values),
      inRange: { color: [colours.tint, by === "p50" ? colours.wait : colours.accent] },
    },
    series: [
      {
        type: "heatmap",
        data: cells.flatMap((cell) => {
          const value = cell[by];
          return value === null ? [] : [[cell.hour, cell.weekday, value]];
        }),
        itemStyle: { borderWidth: 1, borderColor: colours.surface, borderRadius: 2 },
      },
    ],
  };
}
