/** What the charts of a dashboard draw: pure functions of the figures. */
import type { EChartsCoreOption } from "echarts/core";
import { span } from "../ui/time";
import { type Colours, PALETTE } from "./colours";
import { NONE } from "./numbers";
import type { AgentWork, Point, ScoreCell } from "./queries";

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

const plainLine = (name: string, colour: string, data: (number | null)[]) => ({
  type: "line" as const,
  name,
  data,
  showSymbol: data.length < 3,
  symbolSize: 5,
  lineStyle: { color: colour, width: 2 },
  itemStyle: { color: colour },
  connectNulls: false,
});

/** With its name at its end. */
const line = (name: string, colour: string, data: (number | null)[]) => ({
  ...plainLine(name, colour, data),
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
  const largest = Math.max(1, ...points.map((point) => point.p90 ?? 0));
  const interval = timeStep(largest);
  return {
    grid,
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
      interval,
      max: Math.ceil(largest / interval) * interval,
      axisLabel: { color: colours.quiet, fontSize: 12, formatter: time(words.locale) },
    },
    series: [
      plainLine(
        words.ninety,
        colours.wait,
        points.map((point) => point.p90),
      ),
      plainLine(
        words.median,
        colours.accent,
        points.map((point) => point.p50),
      ),
    ],
  };
}

/** How many waited at the end of each step. */
export function backlog(points: readonly Point[], words: Words, colours: Colours): EChartsCoreOption {
  const series = plainLine(
    words.open,
    colours.accent,
    points.map((point) => point.open),
  );
  return {
    grid,
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

const MOST_DRAWN = 6;

interface WorkWords {
  locale: string;
  name: (id: string) => string;
  others: string;
  date: (at: string) => string;
}

/** Work by agent: handled stands in one bar, a part each; at once is a line each. The rest are others, or left out. */
export function workloads(
  agents: readonly AgentWork[],
  by: "handled" | "at_once",
  words: WorkWords,
  colours: Colours,
): EChartsCoreOption {
  const ordered = by === "handled" ? agents : agents.toSorted((one, other) => other.most - one.most);
  const colour = (place: number) => PALETTE[place] ?? colours.quiet;
  const lines = ordered.slice(0, MOST_DRAWN).map((agent, place) => ({
    name: words.name(agent.user_id),
    colour: colour(place),
    data: agent.points.map((point) => point[by]),
  }));
  const rest = ordered.slice(MOST_DRAWN);
  if (by === "handled" && rest.length > 0)
    lines.push({
      name: words.others,
      colour: colours.quiet,
      data: (rest[0]?.points ?? []).map((_, place) =>
        rest.reduce((total, agent) => total + (agent.points[place]?.handled ?? 0), 0),
      ),
    });
  return {
    grid: { ...grid, right: by === "handled" ? 16 : 110, top: 34 },
    legend: {
      type: "scroll",
      show: by === "handled",
      top: 0,
      left: 0,
      icon: "roundRect",
      textStyle: { color: colours.quiet },
    },
    tooltip: tooltip(colours, count(words.locale)),
    xAxis: {
      type: "category",
      data: (agents[0]?.points ?? []).map((point) => words.date(point.start)),
      ...axis(colours),
    },
    yAxis: { type: "value", minInterval: 1, ...axis(colours), axisLine: { show: false } },
    series: lines.map((one) =>
      by === "handled"
        ? {
            type: "bar",
            stack: "all",
            name: one.name,
            data: one.data,
            itemStyle: { color: one.colour },
            barMaxWidth: 28,
          }
        : line(one.name, one.colour, one.data),
    ),
  };
}

/** Mean scores of reviewed calls, with gaps where nothing was reviewed. */
export function scoresOver(
  cells: readonly ScoreCell[],
  name: string,
  date: (at: string) => string,
  colours: Colours,
): EChartsCoreOption {
  const drawn = line(
    name,
    colours.accent,
    cells.map((cell) => cell.mean),
  );
  return {
    grid: { ...grid, right: 64, top: 12 },
    tooltip: tooltip(colours, (value) => (typeof value === "number" ? `${value}` : NONE)),
    xAxis: { type: "category", data: cells.map((cell) => date(cell.begins)), ...axis(colours) },
    yAxis: { type: "value", min: 0, max: 100, ...axis(colours), axisLine: { show: false } },
    series: [{ ...drawn, showSymbol: true }],
  };
}
