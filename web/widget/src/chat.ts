/** The state of one visitor's chat: what was said, what is still to be sent, who is there. No drawing. */

import { Connection, type Link } from "./connection";
import { Memory, freshId } from "./memory";
import type { Frame, Hello, Item, MessageFrame, Said, Upload } from "./protocol";

/** One message as drawn: on the timeline, or still in this browser. */
export interface Entry {
  key: string;
  item: Item | null;
  frame: MessageFrame | null;
  at: Date;
  /** The code with which the hub refused it for good; empty while it may still go. */
  failure: string;
}

export type Change = "entries" | "link" | "presence" | "typing" | "unread" | "hello";

interface Pending {
  frame: MessageFrame;
  at: Date;
  failure: string;
  stored: boolean;
}

export class Refused extends Error {}

export class Chat extends EventTarget {
  hello: Hello | null = null;
  link: Link = "connecting";
  online = true;
  typing = false;
  /** Why messages are held back though the line is up. */
  held: "" | "rate" | "busy" = "";
  readonly memory: Memory;
  private readonly connection: Connection;
  private readonly items = new Map<string, Item>();
  private readonly pending = new Map<string, Pending>();
  private receipts: Frame[] = [];
  private after = 0;
  private seenUpTo = "";
  /** Times of the newest message the hub was told we have, and the visitor has read. */
  private told = { delivered: 0, read: 0 };
  /** Time of the newest message that was before the visitor's eyes here. */
  private readHere = 0;
  private watching = false;
  private typingTimer = 0;
  private receiptTimer = 0;
  private mentionedAt = 0;
  private identity = "";
  private caughtUp = false;

  constructor(
    readonly base: string,
    channel: string,
    private readonly language: () => string,
  ) {
    super();
    this.memory = new Memory(channel);
    for (const frame of this.memory.unsent) {
      if (frame.type === "message") this.pending.set(frame.id, { frame, at: new Date(), failure: "", stored: false });
    }
    this.connection = new Connection(base, {
      token: () => this.memory.token,
      after: () => this.after,
      unsent: () => this.unsent(),
      renew: () => this.enter().then(() => true, () => false),
      said: (said) => this.hear(said),
      link: (link) => this.setLink(link),
    });
  }

  /** Say hello: learn how to look and who we are. Raises Refused in the words of the hub. */
  async enter(): Promise<Hello> {
    // A logged-in user's own thread is used unless this browser already wrote something without being logged in.
    const token = this.identity && !this.memory.started ? "" : this.memory.token;
    const answer = await fetch(`${this.base}hello`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token, identity: this.identity }),
    });
    if (!answer.ok) {
      const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string };
      if (problem.code === "identity") {
        // A page from a cache carries an expired token: the visitor may still chat, without their name.
        this.dispatchEvent(new CustomEvent("warning", { detail: new Refused(problem.detail) }));
        this.identity = "";
        return this.enter();
      }
      // The hub is busy or restarting: that passes.
      if (answer.status >= 500 || answer.status === 429) throw new Error(`The chat answered ${answer.status}.`);
      throw new Refused(problem.detail ?? `The chat answered ${answer.status}.`);
    }
    const hello = (await answer.json()) as Hello;
    hello.config.limits.file_bytes = Math.min(hello.config.limits.file_bytes, hello.max_file_bytes);
    if (this.hello && this.hello.thread !== hello.thread) this.clear();
    this.memory.keepToken(hello.token, hello.identified);
    this.hello = hello;
    this.online = hello.online;
    this.tell("hello");
    return hello;
  }

  /** Connect, now that the visitor wants to talk or has talked before. */
  connect(): void {
    this.connection.start();
  }

  /** The website says who is logged in (a signed token), or that nobody is any more (null). */
  async identify(identity: string | null): Promise<void> {
    this.identity = identity ?? "";
    if (identity === null) {
      this.memory.forget();
      this.clear();
    }
    await this.enter();
    this.connection.restart();
  }

  get entries(): Entry[] {
    const stored = [...this.items.values()].map((item) => ({
      key: item.mine && item.client ? item.client : item.id,
      item,
      frame: null,
      at: new Date(item.at),
      failure: "",
    }));
    stored.sort((a, b) => a.at.getTime() - b.at.getTime() || a.item.seq - b.item.seq);
    const waiting = [...this.pending.entries()].map(([key, { frame, at, failure }]) => ({
      key,
      item: null,
      frame,
      at,
      failure,
    }));
    return [...stored, ...waiting];
  }

  get unread(): number {
    return [...this.items.values()].filter((item) => this.isUnread(item)).length;
  }

  /** Stored in the hub, though not shown by it yet. */
  isStored(key: string): boolean {
    return this.pending.get(key)?.stored ?? true;
  }

  /** Whether an agent has seen this message of the visitor's. */
  isSeen(entry: Entry): boolean {
    const upTo = [...this.items.values()].find((item) => item.client && item.client === this.seenUpTo);
    const answered = [...this.items.values()].some((item) => !item.mine && new Date(item.at) > entry.at);
    return answered || (upTo !== undefined && entry.at <= new Date(upTo.at));
  }

  send(text: string, files: Upload[], extra: { form?: Record<string, string>; offline?: boolean; pressed?: string } = {}): void {
    const answers = extra.form ?? this.memory.answers;
    const frame: MessageFrame = {
      type: "message",
      id: freshId(),
      text: text.toWellFormed?.() ?? text,
      files,
      page: location.href.slice(0, 2000),
      title: document.title.slice(0, 300),
      language: this.language(),
      ...(answers && Object.keys(answers).length ? { form: answers } : {}),
      ...(extra.offline ? { offline: true } : {}),
      ...(extra.pressed ? { pressed: extra.pressed } : {}),
    };
    if (answers) this.memory.answers = {};
    this.memory.started = true;
    this.pending.set(frame.id, { frame, at: new Date(), failure: "", stored: false });
    this.keepUnsent();
    this.connection.start();
    this.connection.flush();
    this.tell("entries");
  }

  retry(key: string): void {
    const pending = this.pending.get(key);
    if (!pending) return;
    pending.failure = "";
    this.keepUnsent();
    this.connection.flush();
    this.tell("entries");
  }

  discard(key: string): void {
    this.pending.delete(key);
    this.keepUnsent();
    this.tell("entries");
  }

  /** Tell the agent that the visitor is typing, at most every 3 s. */
  mentionTyping(): void {
    const now = Date.now();
    if (now - this.mentionedAt < 3000 || !this.items.size) return;
    this.mentionedAt = now;
    this.connection.mention({ type: "typing" });
  }

  /** Whether the visitor has the messages before their eyes. */
  watch(watching: boolean): void {
    this.watching = watching;
    if (watching) this.acknowledge();
  }

  private hear(said: Said): void {
    switch (said.type) {
      case "items":
        for (const item of said.items) this.take(item);
        this.after = Math.max(this.after, said.seq);
        this.caughtUp ||= !said.more;
        if (said.items.length) this.memory.started = true;
        this.tell("entries");
        this.acknowledge();
        break;
      case "ack":
        this.held = "";
        this.acked(said.id);
        break;
      case "refused":
        this.refuse(said.id, said.code, said.detail, said.retry);
        break;
      case "typing":
        this.setTyping(true);
        break;
      case "seen":
        this.seenUpTo = said.upto;
        this.tell("entries");
        break;
      case "presence":
        this.online = said.online;
        this.tell("presence");
        break;
      default:
        break;
    }
  }

  private take(item: Item): void {
    const isNew = !this.items.has(item.id);
    this.items.set(item.id, item);
    if (item.client) this.pending.delete(item.client);
    if (!item.mine && isNew) {
      this.setTyping(false);
      if (this.caughtUp) this.dispatchEvent(new CustomEvent("message", { detail: item }));
    }
    this.keepUnsent();
  }

  /** Whether the hub has everything the visitor wrote. */
  get settled(): boolean {
    return [...this.pending.values()].every(({ stored }) => stored);
  }

  private acked(id: string): void {
    const pending = this.pending.get(id);
    if (pending) pending.stored = true;
    this.receipts = this.receipts.filter((frame) => frame.id !== id);
    this.keepUnsent();
    this.tell("entries");
    this.tell("link");
  }

  private refuse(id: string, code: string, detail: string, retry: number | null): void {
    this.receipts = this.receipts.filter((frame) => frame.id !== id || retry !== null);
    const pending = this.pending.get(id);
    if (pending && retry === null) {
      pending.failure = code;
      // The visitor reads it in their own language; the reason is for the site's developer.
      this.dispatchEvent(new CustomEvent("warning", { detail: new Refused(detail) }));
    }
    if (pending && retry !== null) this.held = code === "rate" ? "rate" : "busy";
    this.keepUnsent();
    this.tell("entries");
    this.tell("link");
  }

  private isUnread(item: Item): boolean {
    return !item.mine && !item.deleted && item.state !== "read" && time(item) > this.readHere;
  }

  /** A moment later, note what was read and tell the hub, once, how far the visitor has received and read. */
  private acknowledge(): void {
    window.clearTimeout(this.receiptTimer);
    this.receiptTimer = window.setTimeout(() => {
      const word = this.watching ? "read" : "delivered";
      if (this.watching) this.readHere = Math.max(this.readHere, ...[...this.items.values()].map(time));
      // What the hub is still handing over is confirmed as soon as it says that it has.
      const ours = [...this.items.values()].filter(
        (item) => !item.mine && item.delivery && /^(?:sent|delivered|read)$/.test(item.state),
      );
      const last = ours.toSorted((a, b) => time(a) - time(b)).at(-1);
      if (last && time(last) > Math.max(this.told[word], this.told.read)) {
        const known = last.state === "read" || last.state === word;
        if (!known) this.receipts.push({ type: word, id: freshId(), upto: last.delivery });
        this.told[word] = time(last);
        this.connection.flush();
      }
      this.tell("unread");
    }, 300);
  }

  private unsent(): Frame[] {
    const messages = [...this.pending.values()].filter(({ failure, stored }) => !failure && !stored);
    return [...messages.map(({ frame }) => frame), ...this.receipts];
  }

  private keepUnsent(): void {
    this.memory.unsent = [...this.pending.values()].filter(({ stored }) => !stored).map(({ frame }) => frame);
  }

  private setTyping(typing: boolean): void {
    window.clearTimeout(this.typingTimer);
    if (typing) this.typingTimer = window.setTimeout(() => this.setTyping(false), 6000);
    if (typing !== this.typing) {
      this.typing = typing;
      this.tell("typing");
    }
  }

  private setLink(link: Link): void {
    if (link === this.link) return;
    this.link = link;
    this.tell("link");
  }

  private clear(): void {
    this.items.clear();
    this.pending.clear();
    this.receipts = [];
    this.after = 0;
    this.caughtUp = false;
    this.told = { delivered: 0, read: 0 };
    this.readHere = 0;
    this.keepUnsent();
    this.tell("entries");
    this.tell("unread");
  }

  private tell(change: Change): void {
    this.dispatchEvent(new CustomEvent("change", { detail: change }));
  }
}

function time(item: Item): number {
  return new Date(item.at).getTime();
}
