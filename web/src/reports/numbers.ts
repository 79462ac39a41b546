/** Figures in words: what is not there is a dash, never 0. */
import { span } from "../ui/time";
import type { Figure, Value, Wallboard } from "./queries";

export const NONE = "—";

/** A figure's main number; of a time its median, unless it is known by its mean. */
export function main(value: Value | undefined, unit: Figure["unit"], locale: string): string {
  if (value === undefined) return NONE;
  return shown(value.value ?? (unit === "seconds" ? value.p50 : null), unit, locale);
}

export function shown(number: number | null, unit: Figure["unit"], locale: string): string {
  if (number === null) return NONE;
  if (unit === "seconds") return took(number, locale);
  if (unit === "share")
    return number.toLocaleString(locale, { style: "percent", maximumFractionDigits: number < 0.995 ? 1 : 0 });
  return number.toLocaleString(locale);
}

/** A median, or a share, of fewer than these moves with every single one. */
const FEW = 10;

type Moving = Pick<Figure, "unit" | "lower_is_better">;

/** How a figure moved: its words, and whether that is good, bad or neither. A share moves by percentage points. */
export function change(value: Value, { unit, lower_is_better: lowerIsBetter }: Moving, locale: string) {
  if (value.before === null) return null;
  const points = unit === "share";
  const moved = points ? difference(value.value, value.before.value) : value.change;
  if (moved === null) return null;
  // Compared with very little, or with very few, a change says nothing.
  const few = unit !== "number" && value.before.n < FEW;
  if (few || (!points && Math.abs(moved) > 10)) return { words: "", points, tone: "plain" } as const;
  const words = moved.toLocaleString(locale, {
    style: points ? "decimal" : "percent",
    signDisplay: "exceptZero",
    maximumFractionDigits: points || Math.abs(moved) < 0.1 ? 1 : 0,
  });
  const better = moved === 0 || lowerIsBetter === null ? null : moved < 0 === lowerIsBetter;
  return { words, points, tone: better === null ? "plain" : better ? "good" : "bad" } as const;
}

const difference = (now: number | null, before: number | null): number | null =>
  now === null || before === null ? null : Math.round((now - before) * 1000) / 10;

/** How long something took; under ten minutes to the second, since of calls that is all the difference. */
export function took(seconds: number, locale: string): string {
  const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
  if (minutes < 1 || minutes >= 10 || rest === 0) return span(seconds * 1000, locale);
  return `${span(minutes * 60_000, locale)} ${span(rest * 1000, locale)}`;
}

/** How many callers wait in the lines' queues; who talks already waits no more. */
export const callsInQueue = ({ queues }: Pick<Wallboard, "queues">): number =>
  queues.reduce((sum, queue) => sum + queue.calls, 0);
