/** A manager at a live call: the ways to take part, and how one begins. */
import { onPhone } from "./phone";
import { type Call, control } from "./queries";

export const MODES = ["listen", "whisper", "barge"] as const;
export type Mode = (typeof MODES)[number];

/** Asks to be let in: the manager's own phone rings then, and this browser's takes the call by itself. */
export async function takePart(call: Call, mode: Mode): Promise<void> {
  onPhone({ do: "expect", channelId: call.channel_id });
  await control(call.id, { do: "supervise", mode });
}

/** The leg by which somebody takes part as a manager, if they do. */
export const listensIn = (call: Call, me: string) =>
  call.state === "ended"
    ? undefined
    : call.legs.find((leg) => leg.party === "supervisor" && leg.user_id === me && leg.ended_at === null);
