/** Draws the conversation: greeting, days, messages, typing; keeps the reader's place. */

import type { Chat, Entry } from "../chat";
import type { Language } from "../protocol";
import type { Texts } from "../texts";
import { dayKey, dayName } from "../times";
import { type Keyed, KeyedChildren, h } from "./dom";
import { message } from "./message";

const NEAR_END_PX = 80;

/** Messages of one author within a minute share one time, under the last of them. */
function sameBreath(entry: Entry, next: Entry | undefined): boolean {
  const ours = entry.item && !entry.item.mine;
  const alike = next?.item && !next.item.mine && next.item.author === entry.item?.author;
  return Boolean(ours && alike && !entry.item?.edited && next.at.getTime() - entry.at.getTime() < 60_000 && dayKey(next.at) === dayKey(entry.at));
}

export class Thread {
  readonly element: HTMLElement;
  private readonly list = h("ol", { class: "messages" });
  private readonly children = new KeyedChildren(this.list);
  private readonly greeting = h("p", { class: "greeting" });
  private readonly typing = h("p", { class: "typing" });
  private readonly newer: HTMLElement;
  private readonly scroller: HTMLElement;
  private last = "";

  constructor(
    private readonly chat: Chat,
    private readonly texts: () => Texts,
    private readonly language: () => Language,
  ) {
    const log = h("div", { role: "log", "aria-live": "polite", "aria-label": texts().messages }, this.list);
    this.scroller = h("div", { class: "scroller", tabindex: 0 }, this.greeting, log, this.typing);
    this.newer = h("button", { type: "button", class: "newer", hidden: true, onclick: () => this.toEnd() }, texts().newer);
    this.scroller.addEventListener("scroll", () => this.nearEnd() && (this.newer.hidden = true), { passive: true });
    // A picture that arrives late, or the keyboard of a phone, must not push the last words out of sight.
    if ("ResizeObserver" in window) {
      let near = true;
      this.scroller.addEventListener("scroll", () => (near = this.nearEnd()), { passive: true });
      const watch = new ResizeObserver(() => near && this.toEnd());
      watch.observe(this.list);
      watch.observe(this.scroller);
    }
    this.typing.append(h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("span", { class: "hidden", role: "status" }));
    this.element = h("div", { class: "thread" }, this.scroller, this.newer);
  }

  update(): void {
    const texts = this.texts();
    const near = this.nearEnd();
    const entries = this.chat.entries;
    const list: Keyed[] = [];
    let day = "";
    let author = "";
    const now = new Date();
    const lastMine = entries.findLastIndex((entry) => entry.item?.mine ?? true);
    for (const [index, entry] of entries.entries()) {
      const key = dayKey(entry.at);
      if (key !== day) {
        day = key;
        author = "";
        const name = dayName(entry.at, now, this.language());
        list.push({ key: `day ${key}`, state: name, make: () => h("li", { class: "day" }, h("span", {}, name)) });
      }
      const speaker = entry.item && !entry.item.mine ? entry.item.author || texts.us : "";
      const stored = this.chat.isStored(entry.key);
      const mine = entry.item?.mine ?? true;
      const seen = mine && entry.item !== null && this.chat.isSeen(entry);
      const named = speaker !== author;
      const answered = index < lastMine;
      author = speaker;
      const timed = !sameBreath(entry, entries[index + 1]);
      list.push({
        key: entry.key,
        state: JSON.stringify([entry.item, entry.failure, stored, seen, named, timed, answered, this.language()]),
        make: () =>
          message(entry, {
            base: this.chat.base,
            texts,
            language: this.language(),
            stored,
            seen,
            named,
            timed,
            answered,
            press: ({ label, data }) => this.chat.send(label, [], { pressed: data }),
            retry: () => this.chat.retry(entry.key),
            discard: () => this.chat.discard(entry.key),
          }),
      });
    }
    this.greeting.textContent = this.chat.online ? texts.welcome : entries.length ? "" : texts.offline;
    this.children.update(list);
    const last = entries.at(-1);
    const changed = last !== undefined && last.key !== this.last;
    this.last = last?.key ?? "";
    if (near || (changed && (last.item?.mine ?? true))) this.toEnd();
    else if (changed) this.newer.hidden = false;
  }

  setTyping(typing: boolean): void {
    const near = this.nearEnd();
    this.typing.classList.toggle("on", typing);
    const status = this.typing.lastElementChild;
    if (status) status.textContent = typing ? this.texts().typing : "";
    if (near) this.toEnd();
  }

  toEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newer.hidden = true;
  }

  private nearEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }
}
