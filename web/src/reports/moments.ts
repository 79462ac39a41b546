/** Moments and stretches of time as lists of reports write them: so that one can check a wait with a clock. */

/** A day and a time of the reader's clock. */
export const moment = (at: string, locale: string): string =>
  new Date(at).toLocaleString(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });

/** An hour of the clock, as a span: 09:00–10:00. */
export const clockHour = (hour: number): string =>
  `${String(hour).padStart(2, "0")}:00–${String((hour + 1) % 24).padStart(2, "0")}:00`;

/** A stretch of time: days where it is whole days of the reader's clock, moments where it is not. */
export function stretch(since: string, until: string, locale: string): string {
  const [start, end] = [new Date(since), new Date(until)];
  const midnight = (at: Date) => at.getHours() === 0 && at.getMinutes() === 0;
  const whole = midnight(start) && midnight(end);
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    ...(whole ? {} : { hour: "2-digit", minute: "2-digit" }),
  });
  return format.formatRange(start, whole ? new Date(end.getTime() - 1) : end);
}
