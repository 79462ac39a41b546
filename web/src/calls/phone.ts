/** The browser phone: one small interface, and the library the channel's provider needs, loaded when it first rings or dials. */
import { create } from "zustand";
import { body, client } from "../api/client";

/** What one telephone call in this browser can do. */
export interface Session {
  answer(): void;
  hangUp(): void;
  mute(on: boolean): void;
  digits(digits: string): void;
}

/** What a driver tells. */
export interface Events {
  ringing(session: Session): void;
  talking(session: Session): void;
  ended(): void;
  problem(words: string): void;
}

export interface Phone {
  dial(number: string, call: string): Promise<void>;
  close(): void;
}

interface PhoneState {
  /** The channel whose phone this tab is; null in the tabs that are not. */
  channelId: string | null;
  session: Session | null;
  state: "off" | "ready" | "ringing" | "talking";
  muted: boolean;
  problem: string;
}

export const usePhone = create<PhoneState>()(() => ({
  channelId: null,
  session: null,
  state: "off",
  muted: false,
  problem: "",
}));

export interface Token {
  kind: "twilio" | "sip";
  values: Record<string, string>;
  expires_at: string;
}

export const tokenFor = (channelId: string): Promise<Token> =>
  body(client.POST("/channels/{channel_id}/phone-token", { params: { path: { channel_id: channelId } } }));

let phone: Promise<Phone> | null = null;
let release: () => void = () => undefined;

const events: Events = {
  ringing: (session) => usePhone.setState({ session, state: "ringing", muted: false, problem: "" }),
  talking: (session) => usePhone.setState({ session, state: "talking", problem: "" }),
  ended: () => usePhone.setState({ session: null, state: "ready", muted: false }),
  problem: (problem) => usePhone.setState({ problem }),
};

/** Makes this tab the phone, unless another tab of this browser is: a call must ring once. */
export function startPhone(channelId: string): void {
  if (phone !== null) return;
  void navigator.locks.request("hub-phone", { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    phone = open(channelId);
    try {
      await phone;
      usePhone.setState({ channelId, state: "ready" });
      // Held until this tab closes or stops being the phone.
      await new Promise<void>((resolve) => (release = resolve));
    } catch (error) {
      phone = null;
      usePhone.setState({ state: "off", problem: error instanceof Error ? error.message : String(error) });
    }
  });
}

/** Stops being the phone: somebody logged out. */
export function stopPhone(): void {
  void phone?.then((made) => made.close());
  phone = null;
  release();
  usePhone.setState({ channelId: null, session: null, state: "off" });
}

/** Connects the browser phone to a call the hub has placed. */
export async function connectPhone(channelId: string, number: string, call: string): Promise<void> {
  phone ??= open(channelId);
  usePhone.setState({ channelId });
  await (await phone).dial(number, call);
}

async function open(channelId: string): Promise<Phone> {
  const token = await tokenFor(channelId);
  const driver = token.kind === "twilio" ? await import("./twilioPhone") : await import("./sipPhone");
  return driver.open(token, () => tokenFor(channelId), events);
}

/** Mutes the microphone of the call in this browser. */
export function muteHere(on: boolean): void {
  usePhone.getState().session?.mute(on);
  usePhone.setState({ muted: on });
}
