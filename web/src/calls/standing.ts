/** How somebody stands now: wrap-up ends by itself, and nobody tells the screens of that moment. Pure. */
import { inTime } from "../api/moments";
import type { Presence } from "./queries";

export function standing(told: Pick<Presence, "state" | "chosen" | "wrap_up_until">, now: string): Presence["state"] {
  const over = told.wrap_up_until === null || inTime(told.wrap_up_until, now) <= 0;
  return told.state === "wrap_up" && over ? told.chosen : told.state;
}
