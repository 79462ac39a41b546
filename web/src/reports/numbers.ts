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

/** How a figure moved: its words, and whether that is good, bad or neither. */
export function change(value: Value, lowerIsBetter: boolean | null, locale: string) {
  if (value.change === null || value.before === null) return null;
  // Of very little before, a percentage says nothing.
  if (Math.abs(value.change) > 10) return { words: "", tone: "plain" } as const;
  const words = value.change.toLocaleString(locale, {
    style: "percent",
    signDisplay: "exceptZero",
    maximumFractionDigits: Math.abs(value.change) < 0.1 ? 1 : 0,
  });
  const better = value.change === 0 || lowerIsBetter === null ? null : value.change < 0 === lowerIsBetter;
  return { words, tone: better === null ? "plain" : better ? "good" : "bad" } as const;
}

/** How long something took; under ten minutes to the second, since of calls that is all the difference. */
export function took(seconds: number, locale: string): string {
  const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
  if (minutes < 1 || minutes >= 10 || rest === 0) return span(seconds * 1000, locale);
  return `${span(minutes * 60_000, locale)} ${span(rest * 1000, locale)}`;
}

/** How many callers wait in the lines' queues; who talks already waits no more. */
export const callsInQueue = ({ queues }: Pick<Wallboard, "queues">): number =>
  queues.reduce((sum, queue) => sum + queue.calls, 0);
