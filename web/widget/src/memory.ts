/** What outlives a reload: who the visitor is, what is not sent yet, whether the questions were answered. */

import type { Frame } from "./protocol";

/** Storage that may be missing or full (private windows, strict settings): then the page itself remembers. */
export class Drawer {
  private readonly fallback = new Map<string, string>();

  constructor(
    private readonly kept: Storage | null,
    private readonly prefix: string,
  ) {}

  get(key: string): string {
    try {
      return this.kept?.getItem(this.prefix + key) ?? this.fallback.get(key) ?? "";
    } catch {
      return this.fallback.get(key) ?? "";
    }
  }

  set(key: string, value: string): void {
    if (value) this.fallback.set(key, value);
    else this.fallback.delete(key);
    try {
      if (value) this.kept?.setItem(this.prefix + key, value);
      else this.kept?.removeItem(this.prefix + key);
    } catch {
      // Full or forbidden: `fallback` has it until the page goes.
    }
  }
}

function storage(name: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[name];
  } catch {
    return null;
  }
}

/**
 * An anonymous visitor's token lives in localStorage, so they find their chat again. A logged-in user's lives
 * in sessionStorage only: on a shared computer the next person must not see it.
 */
export class Memory {
  private readonly lasting: Drawer;
  private readonly passing: Drawer;

  constructor(channel: string) {
    this.lasting = new Drawer(storage("localStorage"), `hubchat:${channel}:`);
    this.passing = new Drawer(storage("sessionStorage"), `hubchat:${channel}:`);
  }

  get token(): string {
    return this.passing.get("token") || this.lasting.get("token");
  }

  keepToken(token: string, identified: boolean): void {
    this.passing.set("token", identified ? token : "");
    if (!identified) this.lasting.set("token", token);
  }

  /** Whether this browser ever saw a message here: then it connects at once, to show what is unread. */
  get started(): boolean {
    return this.lasting.get("started") === "1";
  }

  set started(value: boolean) {
    this.lasting.set("started", value ? "1" : "");
  }

  /** The answers of the pre-chat form until the first message took them along; "{}" once it did. */
  get answers(): Record<string, string> | null {
    return parsed<Record<string, string>>(this.lasting.get("answers"));
  }

  set answers(value: Record<string, string> | null) {
    this.lasting.set("answers", value ? JSON.stringify(value) : "");
  }

  get unsent(): Frame[] {
    return parsed<Frame[]>(this.passing.get("unsent")) ?? [];
  }

  set unsent(frames: Frame[]) {
    this.passing.set("unsent", frames.length ? JSON.stringify(frames) : "");
  }

  get draft(): string {
    return this.passing.get("draft");
  }

  set draft(text: string) {
    this.passing.set("draft", text);
  }

  get open(): boolean {
    return this.passing.get("open") === "1";
  }

  set open(value: boolean) {
    this.passing.set("open", value ? "1" : "");
  }

  forget(): void {
    for (const key of ["token", "started", "answers"]) this.lasting.set(key, "");
    for (const key of ["token", "unsent", "draft", "open"]) this.passing.set(key, "");
  }
}

function parsed<T>(text: string): T | null {
  try {
    return text ? (JSON.parse(text) as T) : null;
  } catch {
    return null;
  }
}

/** A client-made id: 128 random bits. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
