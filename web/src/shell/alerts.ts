/** Sound and desktop notifications for customers' new messages, as each person chose. */
import type { QueryClient } from "@tanstack/react-query";
import type { Pages } from "../api/cache";
import { keys } from "../api/queries";
import type { ConversationRow, Interaction } from "../api/types";
import { t } from "../i18n";
import { toast } from "../ui/toast";
import { type Alerts, usePrefs } from "./prefs";

const QUIET_FOR = 2000;
let lastSound = 0;
let audio: AudioContext | undefined;

/** Tells whether an alert of this choice is due for a conversation. Mine includes what nobody has taken yet. */
export function isDue(choice: Alerts, assignee: string | null | undefined, me: string): boolean {
  if (choice === "off") return false;
  return choice === "all" || assignee === null || assignee === undefined || assignee === me;
}

function findRow(client: QueryClient, id: string): ConversationRow | undefined {
  for (const [, list] of client.getQueriesData<Pages<ConversationRow>>({ queryKey: keys.conversations })) {
    const row = list?.pages.flatMap((page) => page.items).find((item) => item.id === id);
    if (row !== undefined) return row;
  }
  return undefined;
}

/** Two soft tones; made here, so there is no file to load. */
export function chime(): void {
  // A page nobody has touched yet may not make a sound.
  if (!navigator.userActivation.hasBeenActive || Date.now() - lastSound < QUIET_FOR) return;
  lastSound = Date.now();
  audio ??= new AudioContext();
  for (const [index, pitch] of [660, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const from = audio.currentTime + index * 0.12;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.12, from + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.3);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.32);
  }
}

export function alertOf(
  client: QueryClient,
  entries: readonly Interaction[],
  me: string,
  looking: string | null,
): void {
  const prefs = usePrefs.getState();
  for (const entry of entries) {
    const seen = entry.conversation_id === looking && document.hasFocus();
    if (seen) continue;
    if (tells(entry, me)) tellMe(entry);
    if (entry.author_kind !== "contact") continue;
    const row = findRow(client, entry.conversation_id);
    if (isDue(prefs.sound, row?.assignee_id, me)) chime();
    if (isDue(prefs.desktop, row?.assignee_id, me)) notify(entry, entry.author_name || t("list.someone"), entry.text);
  }
}

/** Tells whether a rule or a macro tells me something by this entry. */
export function tells({ data }: Pick<Interaction, "data">, me: string): boolean {
  return data.event === "notified" && Array.isArray(data.to) && data.to.includes(me);
}

/** Somebody meant me in particular: it sounds whatever my choice is about customers' messages. */
function tellMe(entry: Interaction): void {
  const { rule_name: rule, text } = entry.data;
  const by = typeof rule === "string" ? t("event.rule", { name: rule }) : entry.author_name || t("event.hub");
  const words = typeof text === "string" ? text : "";
  chime();
  toast.done([by, words].filter((part) => part !== "").join(": "));
  notify(entry, by, words);
}

function notify(entry: Interaction, title: string, text: string): void {
  if (document.hasFocus() || !("Notification" in window) || Notification.permission !== "granted") return;
  const shown = new Notification(title, {
    body: text.slice(0, 140),
    tag: entry.conversation_id,
    icon: "/icon-192.png",
  });
  shown.addEventListener("click", () => {
    window.focus();
    location.assign(`/inbox/${entry.conversation_id}`);
  });
}
