/**
 * Carries frames to the hub and what the hub says back: one WebSocket that resumes, polling where it is blocked.
 *
 * Nothing is taken off the outbox before the hub has acknowledged it, and the hub acknowledges only what is
 * stored; a frame sent twice has the same id and counts once.
 */

import type { Frame, Said } from "./protocol";

export type Link = "connecting" | "online" | "offline";

export interface Ends {
  token(): string;
  after(): number;
  unsent(): readonly Frame[];
  /** Ask for a fresh token; resolves to whether there is one. */
  renew(): Promise<boolean>;
  said(said: Said): void;
  link(link: Link): void;
}

const ACK_MS = 10_000;
/** The hub says something at least every 25 s. */
const SILENCE_MS = 60_000;
const LONGEST_PAUSE_MS = 30_000;
const POLL_S = 20;
/** After so many sockets that never opened we poll, and try the socket again after a while. */
const SOCKETS_TRIED = 2;
const SOCKET_AGAIN_MS = 300_000;
const TOKEN_REFUSED = 4401;
const NOT_ALLOWED = 4403;

/** How long to wait before the next try: doubling, at most 30 s, and never in step with other visitors. */
export function pause(tries: number, random: () => number = Math.random): number {
  return Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** tries) * (0.5 + random() / 2);
}

export class Connection {
  private socket: WebSocket | null = null;
  private polling: AbortController | null = null;
  private posting = false;
  private running = false;
  private tries = 0;
  private neverOpened = 0;
  private timer = 0;
  private silence = 0;
  private ackTimer = 0;
  private resendTimer = 0;
  private readonly onTheWay = new Set<string>();

  constructor(
    private readonly base: string,
    private readonly ends: Ends,
  ) {
    window.addEventListener("online", () => this.hurry());
    window.addEventListener("offline", () => this.running && ends.link("offline"));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.hurry());
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.connect();
  }

  stop(): void {
    this.running = false;
    window.clearTimeout(this.timer);
    this.drop();
  }

  restart(): void {
    if (!this.running) return;
    this.stop();
    this.tries = 0;
    this.start();
  }

  /** Send what is new in the outbox. */
  flush(): void {
    if (!this.running) return;
    if (this.polling) void this.post();
    else if (this.socket?.readyState === WebSocket.OPEN) {
      for (const frame of this.ends.unsent()) {
        if (this.onTheWay.has(frame.id)) continue;
        this.onTheWay.add(frame.id);
        this.socket.send(JSON.stringify(frame));
      }
      this.expectAcks();
    }
  }

  /** Send something that matters only now. */
  mention(sign: { type: "typing" }): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(sign));
    else if (this.polling) void this.call("frames", { frames: [sign] }).catch(() => undefined);
  }

  private connect(): void {
    this.drop();
    this.ends.link("connecting");
    if (this.neverOpened >= SOCKETS_TRIED || !("WebSocket" in window)) {
      void this.poll();
      return;
    }
    let opened = false;
    let socket: WebSocket;
    try {
      socket = new WebSocket(`${this.base.replace(/^http/, "ws")}socket`);
    } catch {
      this.neverOpened++;
      this.again();
      return;
    }
    this.socket = socket;
    socket.onopen = () => {
      opened = true;
      this.neverOpened = 0;
      socket.send(JSON.stringify({ type: "hello", token: this.ends.token(), after: this.ends.after() }));
      this.flush();
    };
    socket.onmessage = (event: MessageEvent<string>) => {
      this.hears(JSON.parse(event.data) as Said);
    };
    socket.onclose = (event) => {
      if (this.socket !== socket) return;
      this.socket = null;
      if (!opened) this.neverOpened++;
      void this.lost(event.code);
    };
    this.listenForSilence();
  }

  private hears(said: Said): void {
    this.tries = 0;
    if (this.socket) this.listenForSilence();
    if (said.type === "ack" || said.type === "refused") {
      this.onTheWay.delete(said.id);
      this.expectAcks();
    }
    if (said.type === "refused" && said.retry !== null) {
      window.clearTimeout(this.resendTimer);
      this.resendTimer = window.setTimeout(() => this.flush(), said.retry * 1000);
    }
    if (said.type === "resync") {
      this.connect();
      return;
    }
    this.ends.link("online");
    this.ends.said(said);
  }

  private async lost(code: number): Promise<void> {
    this.drop();
    if (!this.running) return;
    if (code === NOT_ALLOWED) {
      this.running = false;
      this.ends.link("offline");
      return;
    }
    this.ends.link(this.tries ? "offline" : "connecting");
    if (code === TOKEN_REFUSED && !(await this.ends.renew())) this.tries++;
    this.again();
  }

  private again(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.running && this.connect(), pause(this.tries++));
  }

  /** The network came back, or the visitor did: do not sit out the pause. */
  private hurry(): void {
    if (!this.running || this.socket?.readyState === WebSocket.OPEN || this.polling) return;
    this.tries = 0;
    window.clearTimeout(this.timer);
    this.connect();
  }

  private drop(): void {
    for (const timer of [this.silence, this.ackTimer, this.resendTimer]) window.clearTimeout(timer);
    this.onTheWay.clear();
    this.polling?.abort();
    this.polling = null;
    const socket = this.socket;
    this.socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  private listenForSilence(): void {
    window.clearTimeout(this.silence);
    this.silence = window.setTimeout(() => void this.lost(0), SILENCE_MS);
  }

  private expectAcks(): void {
    window.clearTimeout(this.ackTimer);
    if (this.onTheWay.size) this.ackTimer = window.setTimeout(() => void this.lost(0), ACK_MS);
  }

  private async poll(): Promise<void> {
    const stop = new AbortController();
    this.polling = stop;
    const until = Date.now() + SOCKET_AGAIN_MS;
    void this.post();
    let wait = 0;
    try {
      while (!stop.signal.aborted && Date.now() < until) {
        const said = await this.call(`feed?after=${this.ends.after()}&wait=${wait}`, null, stop.signal);
        for (const one of said) this.hears(one);
        wait = POLL_S;
      }
      this.neverOpened = SOCKETS_TRIED - 1;
      if (!stop.signal.aborted) this.connect();
    } catch (error) {
      if (!stop.signal.aborted) await this.lost(error instanceof Refusal ? error.code : 0);
    }
  }

  private async post(): Promise<void> {
    if (this.posting) return;
    this.posting = true;
    try {
      for (let frames = this.waiting(); frames.length && this.polling; frames = this.waiting()) {
        for (const frame of frames) this.onTheWay.add(frame.id);
        for (const said of await this.call("frames", { frames })) {
          this.ends.said(said);
          if (said.type === "refused" && said.retry !== null) {
            this.resendTimer = window.setTimeout(() => {
              this.onTheWay.clear();
              this.flush();
            }, said.retry * 1000);
          } else if (said.type === "ack" || said.type === "refused") this.onTheWay.delete(said.id);
        }
      }
    } catch {
      this.onTheWay.clear();
      this.resendTimer = window.setTimeout(() => this.flush(), pause(2));
    } finally {
      this.posting = false;
    }
  }

  private waiting(): Frame[] {
    return this.ends.unsent().filter((frame) => !this.onTheWay.has(frame.id)).slice(0, 20);
  }

  private async call(path: string, body: unknown, signal?: AbortSignal): Promise<Said[]> {
    const answer = await fetch(this.base + path, {
      method: body ? "POST" : "GET",
      headers: {
        authorization: `Bearer ${this.ends.token()}`,
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      ...(signal ? { signal } : {}),
    });
    if (!answer.ok) throw new Refusal(answer.status === 401 ? TOKEN_REFUSED : answer.status === 403 ? NOT_ALLOWED : 0);
    return ((await answer.json()) as { said: Said[] }).said;
  }
}

class Refusal extends Error {
  constructor(readonly code: number) {
    super("refused");
  }
}
