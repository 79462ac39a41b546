/** Times to snooze until, as people say them. Pure. */

export type SnoozeName = "laterToday" | "tomorrow" | "monday" | "nextWeek";

const at = (from: Date, days: number, hour: number): Date =>
  new Date(from.getFullYear(), from.getMonth(), from.getDate() + days, hour);

/** Returns the choices that lie ahead: in three hours (only during the day), tomorrow 9:00, Monday 9:00, in a week. */
export function snoozeTimes(now: Date): { name: SnoozeName; until: Date }[] {
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const choices: { name: SnoozeName; until: Date }[] = [
    { name: "tomorrow", until: at(now, 1, 9) },
    { name: "monday", until: at(now, toMonday, 9) },
    { name: "nextWeek", until: at(now, 7, 9) },
  ];
  if (now.getHours() < 18) choices.unshift({ name: "laterToday", until: new Date(now.getTime() + 3 * 3_600_000) });
  // On Sundays Monday is tomorrow, on Mondays it is in a week: the same time is offered once.
  return choices.filter(
    (choice, index) => choices.findIndex((other) => other.until.getTime() === choice.until.getTime()) === index,
  );
}
