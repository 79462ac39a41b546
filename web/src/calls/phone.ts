/**
 * The browser phone: one small interface over the library of the channel's provider, loaded when it is needed.
 *
 * One tab of a browser is the phone, so a call rings once; every tab shows what it does and may answer, mute or hang up:
 * they tell each other by a BroadcastChannel. When that tab closes, the next one takes over.
 */
import { create } from "zustand";
import { body, client } from "../api/client";

/** What one telephone call in this browser can do. */
export interface Session {
  /** Who calls, as the provider shows it; empty where it does not. */
  readonly from: string;
  answer(): void;
  hangUp(): void;
  mute(on: boolean): void;
  digits(digits: string): void;
}

/** What a driver tells. */
export interface Events {
  ready(): void;
  ringing(session: Session): void;
  talking(session: Session): void;
  ended(): void;
  problem(words: string): void;
}

export interface Phone {
  dial(number: string, call: string): Promise<void>;
  close(): void;
}

/** What every tab knows of the phone. */
export interface PhoneState {
  /** The channel of the call that rings or is talked on. */
  channelId: string | null;
  state: "off" | "ready" | "ringing" | "talking";
  from: string;
  muted: boolean;
  /** `insecure`: browsers give the microphone to https pages only; `stale`: this page may not reach the provider yet. */
  trouble: "" | "insecure" | "stale" | "words";
  problem: string;
}

interface Dial {
  do: "dial";
  channelId: string;
  number: string;
  call: string;
}

/** Answer by itself what rings next on a channel: somebody here has just asked for it. */
interface Expect {
  do: "expect";
  channelId: string;
}

type Order =
  { do: "answer" | "hangUp" } | Expect | { do: "mute"; on: boolean } | { do: "press"; digits: string } | Dial;

type Told = { kind: "state"; state: PhoneState } | { kind: "hello" } | { kind: "order"; order: Order };

const QUIET: PhoneState = { channelId: null, state: "off", from: "", muted: false, trouble: "", problem: "" };

export const usePhone = create<PhoneState>()(() => QUIET);

export interface Token {
  kind: "twilio" | "sip";
  values: Record<string, string>;
  expires_at: string;
}

export const tokenFor = (channelId: string): Promise<Token> =>
  body(client.POST("/channels/{channel_id}/phone-token", { params: { path: { channel_id: channelId } } }));

const EXPECTED_FOR = 30_000;
const FIRST_PAUSE = 5000;
const LONGEST_PAUSE = 120_000;

/** The phones of this tab, where it is the phone. */
class Desk {
  private readonly phones = new Map<string, Phone>();
  /** What is to be dialled as soon as the channel's phone is there. */
  private readonly next = new Map<string, Dial>();
  private session: Session | null = null;
  private expected = { channelId: "", until: 0 };
  private readonly tell: () => void;
  private stopped = false;

  constructor(tell: () => void) {
    this.tell = tell;
  }

  /** Opens the phone of a channel, again and again until it is there. */
  keep(channelId: string, pause = FIRST_PAUSE): void {
    this.open(channelId).catch((error: unknown) => {
      this.fails(error instanceof Error ? error.message : String(error));
      if (!this.stopped) setTimeout(() => this.keep(channelId, Math.min(pause * 2, LONGEST_PAUSE)), pause);
    });
  }

  async carryOut(order: Order): Promise<void> {
    if (order.do === "dial") {
      const phone = this.phones.get(order.channelId);
      if (phone === undefined) this.next.set(order.channelId, order);
      else await this.dial(phone, order);
    } else if (order.do === "mute") {
      this.session?.mute(order.on);
      this.set({ muted: order.on });
    } else if (order.do === "expect") {
      this.expected = { channelId: order.channelId, until: Date.now() + EXPECTED_FOR };
    } else if (order.do === "press") this.session?.digits(order.digits);
    else this.session?.[order.do]();
  }

  close(): void {
    this.stopped = true;
    for (const phone of this.phones.values()) phone.close();
  }

  private async open(channelId: string): Promise<void> {
    if (this.stopped) return;
    const token = await tokenFor(channelId);
    const driver = token.kind === "twilio" ? await import("./twilioPhone") : await import("./sipPhone");
    const phone = await driver.open(token, () => tokenFor(channelId), this.events(channelId));
    if (this.stopped) {
      phone.close();
      return;
    }
    this.phones.set(channelId, phone);
    const order = this.next.get(channelId);
    this.next.delete(channelId);
    if (order !== undefined) await this.dial(phone, order);
  }

  private async dial(phone: Phone, order: Dial): Promise<void> {
    try {
      await phone.dial(order.number, order.call);
    } catch (error) {
      this.fails(error instanceof Error ? error.message : String(error));
    }
  }

  private events(channelId: string): Events {
    const busy = (state: "ringing" | "talking", session: Session) => {
      this.session = session;
      this.set({ channelId, state, from: session.from, trouble: "", problem: "" });
    };
    return {
      ready: () => this.set({ trouble: "", problem: "", ...(this.session === null ? { state: "ready" } : {}) }),
      ringing: (session) => {
        busy("ringing", session);
        const { channelId: wanted, until } = this.expected;
        if (wanted !== channelId || until < Date.now()) return;
        this.expected = { channelId: "", until: 0 };
        session.answer();
      },
      talking: (session) => busy("talking", session),
      ended: () => {
        this.session = null;
        this.set({ channelId: null, state: "ready", from: "", muted: false });
      },
      problem: (words) => this.fails(words),
    };
  }

  private fails(problem: string): void {
    const { trouble } = usePhone.getState();
    this.set({ trouble: trouble === "stale" ? "stale" : "words", problem });
  }

  private set(part: Partial<PhoneState>): void {
    usePhone.setState(part);
    this.tell();
  }
}

let desk: Desk | null = null;
let tabs: BroadcastChannel | null = null;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel is of one origin and takes none
const say = (told: Told) => tabs?.postMessage(told);

/** Makes this browser a phone on these channels until the returned function is called. */
export function startPhones(channelIds: readonly string[]): () => void {
  if (!window.isSecureContext) {
    usePhone.setState({ trouble: "insecure" });
    return () => undefined;
  }
  const leaving = new AbortController();
  const blocked = (event: SecurityPolicyViolationEvent) => {
    // The page's policy names the providers that were connected when it was loaded.
    if (event.effectiveDirective === "connect-src") usePhone.setState({ trouble: "stale" });
  };
  document.addEventListener("securitypolicyviolation", blocked, { signal: leaving.signal });
  const line = new BroadcastChannel("hub-phone");
  tabs = line;
  line.addEventListener("message", ({ data }: MessageEvent<Told>) => {
    if (data.kind === "state" && desk === null) usePhone.setState(data.state);
    else if (data.kind === "hello" && desk !== null) say({ kind: "state", state: usePhone.getState() });
    else if (data.kind === "order") void desk?.carryOut(data.order);
  });
  say({ kind: "hello" });
  const hold = async () => {
    const mine = new Desk(() => say({ kind: "state", state: usePhone.getState() }));
    desk = mine;
    usePhone.setState({ ...QUIET, trouble: usePhone.getState().trouble });
    for (const channelId of channelIds) mine.keep(channelId);
    // Held until this tab closes or stops being the phone.
    await new Promise((over) => leaving.signal.addEventListener("abort", over));
    mine.close();
    desk = null;
  };
  navigator.locks.request("hub-phone", { signal: leaving.signal }, hold).catch((error: unknown) => {
    // What waits for its turn is told that it is not wanted any more.
    if (!leaving.signal.aborted) throw error;
  });
  return () => {
    leaving.abort();
    usePhone.setState(QUIET);
    say({ kind: "state", state: QUIET });
    line.close();
    tabs = null;
  };
}

/** Does something on the phone, in whichever tab it is. */
export function onPhone(order: Order): void {
  if (desk !== null) void desk.carryOut(order);
  else say({ kind: "order", order });
}

/** Tells whether this tab is the phone: the one that rings. */
export const isPhone = (): boolean => desk !== null;
