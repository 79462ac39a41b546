/** Times in words, in the reader's language: pure functions of the moment, now and the locale. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Width = "narrow" | "long";

const units = new Map<string, Intl.NumberFormat>();
function unit(value: number, name: string, locale: string, width: Width): string {
  const key = `${locale}/${name}/${width}`;
  const format = units.get(key) ?? new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: width });
  units.set(key, format);
  return format.format(value);
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatted(at: Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = locale + JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made.format(at);
}

/** A span in its two largest units: "42s", "12m", "3h 5m", "2d 4h" (narrow), or in full words (long). */
export function span(ms: number, locale: string, width: Width = "narrow"): string {
  const of = (value: number, name: string) => unit(value, name, locale, width);
  const left = Math.max(0, ms);
  if (left < MINUTE) return of(Math.floor(left / SECOND), "second");
  if (left < HOUR) return of(Math.floor(left / MINUTE), "minute");
  const [big, small, bigName, smallName] =
    left < DAY ? ([HOUR, MINUTE, "hour", "minute"] as const) : ([DAY, HOUR, "day", "hour"] as const);
  const rest = Math.floor((left % big) / small);
  const head = of(Math.floor(left / big), bigName);
  return rest === 0 ? head : `${head} ${of(rest, smallName)}`;
}

/** How much the eye should be drawn to a wait: the thresholds hold until teams set targets of their own. */
export function urgency(ms: number): "fresh" | "waiting" | "late" {
  if (ms < HOUR) return "fresh";
  return ms < DAY ? "waiting" : "late";
}

const dayStart = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** Days between two moments as the calendar counts them: 0 today, 1 yesterday. */
export function daysBetween(at: Date, now: Date): number {
  return Math.round((dayStart(now) - dayStart(at)) / DAY);
}

/** When something was, as short as it can be said: the time today, the weekday this week, else the date. */
export function when(at: Date, now: Date, locale: string): string {
  const days = daysBetween(at, now);
  if (days === 0) return clock(at, locale);
  if (days > 0 && days < 7) return formatted(at, locale, { weekday: "short" });
  const sameYear = at.getFullYear() === now.getFullYear();
  return formatted(
    at,
    locale,
    sameYear ? { day: "numeric", month: "short" } : { day: "numeric", month: "short", year: "numeric" },
  );
}

/** Hours and minutes as the language writes them. */
export function clock(at: Date, locale: string): string {
  return formatted(at, locale, { hour: "2-digit", minute: "2-digit" });
}

/** The whole date and time, for tooltips. */
export function full(at: Date, locale: string): string {
  return formatted(at, locale, { dateStyle: "full", timeStyle: "short" });
}

/** The line between two days of a thread: today and yesterday in words, else weekday and date. */
export function dayName(at: Date, now: Date, locale: string): string {
  const days = daysBetween(at, now);
  if (days === 0 || days === 1) {
    const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day");
    return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
  }
  const sameYear = at.getFullYear() === now.getFullYear();
  return formatted(at, locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" as const }),
  });
}

/** "5 minutes ago", "przed 3 godzinami", "2일 전". */
export function ago(at: Date, now: Date, locale: string): string {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const seconds = (at.getTime() - now.getTime()) / SECOND;
  const size = Math.abs(seconds);
  if (size < 60) return relative.format(Math.trunc(seconds), "second");
  if (size < 3600) return relative.format(Math.trunc(seconds / 60), "minute");
  if (size < 86_400) return relative.format(Math.trunc(seconds / 3600), "hour");
  if (size < 86_400 * 60) return relative.format(Math.trunc(seconds / 86_400), "day");
  return relative.format(Math.trunc(seconds / (86_400 * 30)), "month");
}

/** Seconds of sound or film as m:ss. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A file's size in the unit people read: 184 kB, 2.4 MB. */
export function fileSize(bytes: number, locale: string): string {
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : bytes < 1_000_000_000 ? 2 : 3;
  const name = (["byte", "kilobyte", "megabyte", "gigabyte"] as const)[step] ?? "byte";
  const digits = step < 2 ? 0 : 1;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: name,
    // Its short form is "549 byte" in English.
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: digits,
  }).format(bytes / 1000 ** step);
}
