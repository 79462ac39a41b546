/** The launcher in the corner and the chat panel: opening, closing, focus, and which part is shown. */

import type { Change, Chat } from "../chat";
import type { Config, Language } from "../protocol";
import { type Texts, counted } from "../texts";
import { Composer } from "./composer";
import { ICONS, h, icon } from "./dom";
import { questions } from "./form";
import { Thread } from "./thread";

type Part = "questions" | "offline" | "chat";

export class Panel {
  readonly launcher: HTMLButtonElement;
  readonly dialog: HTMLElement;
  private readonly badge = h("span", { class: "badge", hidden: true });
  private readonly unread = h("span", { class: "hidden" });
  private readonly presence = h("p", { class: "presence" });
  private readonly notice = h("p", { class: "notice", role: "status" });
  private readonly body = h("div", { class: "body" });
  private readonly thread: Thread;
  private readonly phone = window.matchMedia("(max-width: 480px)");
  private composer: Composer | null = null;
  private part: Part | null = null;
  private before: Element | null = null;
  private offlineSince = 0;
  /** The offline form was sent: once the hub has it, say thank you. */
  private leaving = false;
  isOpen = false;

  constructor(
    private readonly chat: Chat,
    private readonly config: Config,
    private readonly texts: Texts & { consent: string },
    private readonly language: Language,
    private readonly opened: (open: boolean) => void,
  ) {
    this.launcher = h(
      "button",
      { type: "button", class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": texts.open, title: texts.open, onclick: () => this.toggle() },
      icon(ICONS.chat),
      icon(ICONS.down),
      this.badge,
    );
    const close = h("button", { type: "button", class: "round", "aria-label": texts.close, title: texts.close, onclick: () => this.close() }, icon(ICONS.close));
    this.thread = new Thread(chat, () => texts, () => language);
    const heading = h("div", { class: "heading" }, h("h2", { id: "title" }, texts.title), this.presence);
    this.dialog = h(
      "section",
      { class: "panel", role: "dialog", "aria-labelledby": "title", hidden: true, tabindex: -1 },
      h("div", { class: "top" }, heading, close),
      this.notice,
      this.body,
    );
    this.dialog.addEventListener("keydown", (event) => this.keys(event));
    this.phone.addEventListener("change", () => this.modality());
    document.addEventListener("visibilitychange", () => this.watch());
    chat.addEventListener("change", (event) => this.changed((event as CustomEvent<Change>).detail));
  }

  get status(): HTMLElement {
    return h("div", { role: "status", class: "hidden" }, this.unread);
  }

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.before = document.activeElement;
    this.chat.memory.open = true;
    this.chat.connect();
    this.dialog.hidden = false;
    this.modality();
    this.show();
    this.focusInside();
    this.watch();
    this.opened(true);
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.leaving = false;
    this.linked();
    this.chat.memory.open = false;
    this.dialog.hidden = true;
    this.modality();
    this.watch();
    const back = this.before instanceof HTMLElement && this.before !== document.body && this.before.isConnected;
    const host = (this.launcher.getRootNode() as ShadowRoot).host;
    if (back && this.before !== host) (this.before as HTMLElement).focus();
    else this.launcher.focus();
    this.opened(false);
  }

  private toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  /** Choose what the panel shows: questions first, the offline form when nobody is there, else the chat. */
  private show(): void {
    const asked = this.chat.memory.answers !== null || this.chat.hello?.identified === true;
    const wanted: Part = this.chat.memory.started
      ? "chat"
      : !this.chat.online
        ? "offline"
        : (this.config.fields.length && !asked) || (this.texts.consent && this.chat.memory.answers === null)
          ? "questions"
          : "chat";
    if (wanted !== this.part) {
      this.part = wanted;
      if (wanted === "chat") {
        this.composer ??= new Composer(this.chat, this.config, this.texts, this.language);
        this.body.replaceChildren(this.thread.element, this.composer.element);
      } else this.body.replaceChildren(questions(this.config, this.texts, wanted === "offline", (a) => this.answered(a)));
    }
    this.presence.textContent = this.chat.online ? this.texts.online : this.texts.away;
    this.presence.classList.toggle("on", this.chat.online);
    if (wanted === "chat") {
      this.thread.update();
      this.composer?.refresh();
    }
  }

  private answered(answers: { fields: Record<string, string>; message: string }): void {
    this.chat.memory.answers = answers.fields;
    if (this.part === "offline") {
      this.chat.send(answers.message, [], { form: answers.fields, offline: true });
      this.leaving = true;
    }
    this.show();
    this.focusInside();
  }

  private changed(change: Change): void {
    if (change === "unread") this.count();
    if (change === "link") this.linked();
    if (!this.isOpen) return;
    if (change === "typing") this.thread.setTyping(this.chat.typing);
    else if (change === "entries" || change === "presence" || change === "hello") this.keepFocus(() => this.show());
  }

  /** A part that is replaced under the keyboard hands the focus on. */
  private keepFocus(act: () => void): void {
    const root = this.dialog.getRootNode() as ShadowRoot;
    const inside = this.body.contains(root.activeElement);
    act();
    if (inside && !this.body.contains(root.activeElement)) this.focusInside();
  }

  private count(): void {
    const n = this.isOpen ? 0 : this.chat.unread;
    this.badge.hidden = n === 0;
    this.badge.textContent = n > 99 ? "99+" : String(n);
    const words = n ? counted(this.texts.unread, n, this.language) : "";
    this.unread.textContent = words;
    const label = this.isOpen ? this.texts.close : this.texts.open;
    this.launcher.setAttribute("aria-label", words ? `${label}: ${words}` : label);
    this.launcher.title = label;
  }

  private linked(): void {
    const { texts } = this;
    // A short cut is nobody's business; one that lasts is said.
    window.clearTimeout(this.offlineSince);
    if (this.chat.link === "online") {
      const held = { rate: texts.slow, busy: texts.busy, "": "" }[this.chat.held];
      this.notice.textContent = held || (this.leaving && this.chat.settled ? texts.left : "");
    } else {
      const words = this.chat.link === "offline" ? texts.offlineNet : texts.reconnecting;
      this.offlineSince = window.setTimeout(() => (this.notice.textContent = words), 1500);
    }
  }

  private watch(): void {
    this.chat.watch(this.isOpen && this.part === "chat" && document.visibilityState === "visible");
    this.count();
  }

  /** On a phone the panel covers the page and is modal; on a desktop it stands beside it. */
  private modality(): void {
    this.launcher.setAttribute("aria-expanded", String(this.isOpen));
    this.launcher.classList.toggle("open", this.isOpen);
    if (this.isOpen && this.phone.matches) this.dialog.setAttribute("aria-modal", "true");
    else this.dialog.removeAttribute("aria-modal");
  }

  private keys(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      this.close();
    }
    if (event.key === "Tab" && this.dialog.hasAttribute("aria-modal")) this.trap(event);
  }

  private trap(event: KeyboardEvent): void {
    const stops = this.stops();
    const now = (this.dialog.getRootNode() as ShadowRoot).activeElement;
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (now !== edge && now !== this.dialog) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  }

  private stops(): HTMLElement[] {
    const all = this.dialog.querySelectorAll<HTMLElement>("button, input, textarea, a[href], [tabindex='0']");
    return [...all].filter((one) => !one.hasAttribute("disabled") && one.offsetParent !== null);
  }

  private focusInside(): void {
    if (this.part === "chat") this.composer?.focus();
    else (this.body.querySelector<HTMLElement>("input, textarea") ?? this.dialog).focus();
  }
}
