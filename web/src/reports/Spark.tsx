/** A line the size of a word: how a figure went over the period. */
import type { Point } from "./queries";
import classes from "./spark.module.css";

const OF: Readonly<Record<string, (point: Point) => number | null>> = {
  received: (point) => point.received,
  sent: (point) => point.sent,
  waits_begun: (point) => point.began,
  waits_ended: (point) => point.ended,
  missed: (point) => point.missed,
  reply: (point) => point.p50,
  attainment: (point) => point.attainment,
};
const WIDTH = 100;
const HEIGHT = 22;

/** What is drawn of a figure, up to now; undefined for figures that are not told step by step. */
export function drawnOf(key: string, points: readonly Point[]): (number | null)[] | undefined {
  const of = OF[key];
  return of && points.filter((point) => Date.parse(point.start) <= Date.now()).map(of);
}

/** The pieces of the line: it breaks where there is nothing to tell. */
export function pieces(values: readonly (number | null)[]): string[] {
  const known = values.filter((value): value is number => value !== null);
  const most = Math.max(...known);
  const least = Math.min(0, ...known);
  const across = WIDTH / Math.max(1, values.length - 1);
  const up = most === least ? 0 : (HEIGHT - 2) / (most - least);
  const found: string[][] = [[]];
  values.forEach((value, place) => {
    if (value === null) found.push([]);
    else found.at(-1)?.push(`${(place * across).toFixed(1)},${(HEIGHT - 1 - (value - least) * up).toFixed(1)}`);
  });
  return found.filter((piece) => piece.length > 1).map((piece) => piece.join(" "));
}

export function Spark({ values }: { values: readonly (number | null)[] }) {
  const lines = pieces(values);
  if (lines.length === 0) return null;
  return (
    <svg className={classes.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      {lines.map((line) => (
        <polyline key={line} points={line} vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  );
}
