/** Starts the widget on a website and gives the page its few words to speak with it: window.HubChat. */

import { Chat, Refused } from "./chat";
import { isColour, textOn } from "./colour";
import type { Config, Language } from "./protocol";
import css from "./style.css?inline";
import { chooseLanguage, textsFor } from "./texts";
import { Panel } from "./view/panel";

type Listener = (detail: unknown) => void;

interface HubChat {
  open(): void;
  close(): void;
  /** A token signed by the website for its logged-in user; null when they log out. */
  identify(token: string | null): Promise<void>;
  /** `ready`, `open`, `close`, `message` (from us), `error`. Returns a function that stops listening. */
  on(event: string, listener: Listener): () => void;
}

declare global {
  interface Window {
    HubChat?: HubChat;
  }
}

function start(script: HTMLScriptElement): void {
  const base = new URL(".", script.src).href;
  const channel = base.split("/").at(-2) ?? "";
  const wishes = script.dataset;
  const listeners = new Map<string, Set<Listener>>();
  const tell = (event: string, detail: unknown = null) => {
    for (const listener of listeners.get(event) ?? []) listener(detail);
  };
  const wanted = () => wishes["language"] || document.documentElement.lang || navigator.language;
  const chat = new Chat(base, channel, wanted);
  let panel: Panel | null = null;
  let openWhenReady = false;

  window.HubChat = {
    open: () => (panel ? panel.open() : (openWhenReady = true)),
    close: () => (panel ? panel.close() : (openWhenReady = false)),
    identify: (token) => chat.identify(token).catch((error: unknown) => report(error)),
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      if (event === "ready" && panel) listener(null);
      return () => set.delete(listener);
    },
  };
  chat.addEventListener("warning", (event) => report((event as CustomEvent).detail));
  chat.addEventListener("message", (event) => tell("message", (event as CustomEvent).detail));

  function report(error: unknown): void {
    // A refusal is for the site's developer: it says what to change in the hub or on the page.
    // oxlint-disable-next-line no-console -- the console is where developers look
    if (error instanceof Refused) console.warn(`Chat widget: ${error.message}`);
    tell("error", error instanceof Error ? error.message : String(error));
  }

  async function appear(): Promise<void> {
    const begin = wishes["identity"] ? chat.identify(wishes["identity"]) : chat.enter();
    await begin;
    const config = chat.hello?.config;
    if (!config) return;
    const language = chooseLanguage(wanted(), config.languages);
    panel = draw(chat, config, language, wishes, (open) => tell(open ? "open" : "close"));
    if (chat.memory.started) chat.connect();
    // On a phone the panel would cover the page the visitor just asked for.
    const small = window.matchMedia("(max-width: 480px)").matches;
    if (openWhenReady || wishes["open"] !== undefined || (chat.memory.open && !small)) panel.open();
    tell("ready");
    window.dispatchEvent(new Event("hubchat:ready"));
  }

  let tries = 0;
  const attempt = (): void => {
    appear().catch((error: unknown) => {
      report(error);
      // Refused is final; a hub that is restarting is not.
      if (!(error instanceof Refused) && tries++ < 6) window.setTimeout(attempt, 2000 * 2 ** tries);
    });
  };
  attempt();
}

function draw(
  chat: Chat,
  config: Config,
  language: Language,
  wishes: DOMStringMap,
  opened: (open: boolean) => void,
): Panel {
  const host = document.createElement("hub-chat");
  host.lang = language;
  const root = host.attachShadow({ mode: "open" });
  const panel = new Panel(chat, config, textsFor(language, config.texts), language, opened);
  const theme = wishes["theme"] ?? "";
  host.dataset["theme"] = theme === "dark" || theme === "light" ? theme : "auto";
  host.dataset["position"] = wishes["position"] === "left" || wishes["position"] === "right" ? wishes["position"] : config.position;
  root.adoptedStyleSheets = [sheet(config, wishes)];
  root.append(panel.dialog, panel.launcher, panel.status);
  document.body.append(host);
  return panel;
}

/** Styles as an adopted sheet: no inline style, so the strictest content security policy allows it. */
function sheet(config: Config, wishes: DOMStringMap): CSSStyleSheet {
  const accent = isColour(wishes["accent"] ?? "") ? (wishes["accent"] ?? "") : config.accent;
  const offset = Number(wishes["offset"]);
  const bottom = Number.isFinite(offset) && offset > 0 ? Math.min(offset, 400) : 0;
  const made = new CSSStyleSheet();
  made.replaceSync(`${css}:host{--accent:${accent};--on-accent:${textOn(accent)};--offset:${bottom}px}`);
  return made;
}

const script =
  document.currentScript instanceof HTMLScriptElement
    ? document.currentScript
    : document.querySelector<HTMLScriptElement>('script[src*="/webchat/"][src$="/widget.js"]');
if (script && !window.HubChat) {
  if (document.body) start(script);
  else document.addEventListener("DOMContentLoaded", () => start(script));
}
