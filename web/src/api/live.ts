/** The one WebSocket: resumes after the last change it saw, comes back with growing pauses, resyncs when too far behind. */
import type { Changes, ServerFrame, Typing, Viewer } from "./types";

export type LiveStatus = "connecting" | "live" | "lost";

export interface LiveHandlers {
  onChanges(changes: Changes): void;
  onTyping(typing: Typing): void;
  onPresence(conversationId: string, users: Viewer[]): void;
  onResync(): void;
  onStatus(status: LiveStatus): void;
}

export interface LiveOptions {
  url: string;
  open?: (url: string) => WebSocket;
  random?: () => number;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 20_000;
const PING_EVERY = 20_000;

/** Returns how long to wait before the given attempt, in milliseconds: doubling, capped, jittered. */
export function pauseBefore(attempt: number, random: () => number): number {
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt);
  return longest / 2 + (longest / 2) * random();
}

export class Live {
  private socket: WebSocket | null = null;
  private seq: number | null = null;
  private attempt = 0;
  private stopped = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private ping: ReturnType<typeof setInterval> | undefined;
  private viewing: { conversation_id: string | null; replying: boolean } = { conversation_id: null, replying: false };
  private readonly options: LiveOptions;
  private readonly handlers: LiveHandlers;

  constructor(options: LiveOptions, handlers: LiveHandlers) {
    this.options = options;
    this.handlers = handlers;
  }

  start(): void {
    this.stopped = false;
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retry);
    clearInterval(this.ping);
    this.socket?.close();
    this.socket = null;
  }

  /** Tries again at once: the network came back, or a person pressed the button. */
  hurry(): void {
    if (this.stopped || this.socket?.readyState === 1) return;
    clearTimeout(this.retry);
    this.attempt = 0;
    this.socket?.close();
    this.connect();
  }

  /** Tells the others which conversation is on this screen and whether an answer is being written. */
  view(conversationId: string | null, replying: boolean): void {
    this.viewing = { conversation_id: conversationId, replying };
    this.say({ type: "viewing", ...this.viewing });
  }

  private say(frame: object): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(frame));
  }

  private connect(): void {
    this.handlers.onStatus("connecting");
    const after = this.seq === null ? "" : `?after=${this.seq}`;
    const open = this.options.open ?? ((url: string) => new WebSocket(url));
    const socket = open(this.options.url + after);
    this.socket = socket;
    socket.addEventListener("open", () => this.opened(socket));
    socket.addEventListener("message", (event) => this.heard(socket, event));
    socket.addEventListener("close", () => this.closed(socket));
  }

  private opened(socket: WebSocket): void {
    if (socket !== this.socket) return;
    clearInterval(this.ping);
    this.ping = setInterval(() => this.say({ type: "ping" }), PING_EVERY);
    this.say({ type: "viewing", ...this.viewing });
  }

  private heard(socket: WebSocket, event: MessageEvent): void {
    if (socket !== this.socket) return;
    const frame = JSON.parse(String(event.data)) as ServerFrame;
    switch (frame.type) {
      case "hello":
        this.attempt = 0;
        // The first hello says where to begin; later ones come after a resume, which brings what was missed.
        this.seq ??= frame.seq;
        this.handlers.onStatus("live");
        return;
      case "changes":
        this.seq = frame.seq;
        this.handlers.onChanges(frame);
        return;
      case "typing":
        this.handlers.onTyping(frame);
        return;
      case "presence":
        this.handlers.onPresence(frame.conversation_id, frame.users);
        return;
      case "resync":
        this.seq = frame.seq;
        this.handlers.onResync();
        return;
      case "pong":
        return;
    }
  }

  private closed(socket: WebSocket): void {
    if (socket !== this.socket || this.stopped) return;
    clearInterval(this.ping);
    this.socket = null;
    this.handlers.onStatus("lost");
    const random = this.options.random ?? Math.random;
    this.retry = setTimeout(() => this.connect(), pauseBefore(this.attempt, random));
    this.attempt += 1;
  }
}
