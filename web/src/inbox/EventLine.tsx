/** Something that happened, as one thin line in the reader's own language. */
import { lazy, Suspense } from "react";
import { useMay } from "../api/hooks";
import type { Interaction, Priority } from "../api/types";
import { useTranslation, withTexts } from "../i18n";
import { full } from "../ui/time";
import { When } from "../ui/When";
import classes from "./thread.module.css";

const MacroLine = lazy(withTexts(["macros"], () => import("../macros/MacroLine")));
const RatedLine = lazy(withTexts(["survey"], () => import("../survey/RatedLine")));
const UndoMerge = lazy(withTexts(["merging"], () => import("../merging/UndoMerge")));

/** Events whose lines are drawn by rooms of their own. */
const OWN_LINES: Partial<Record<string, typeof RatedLine>> = {
  rated: RatedLine,
  macro: MacroLine,
  macro_undone: MacroLine,
};

const KNOWN = new Set([
  "assigned",
  "took",
  "unassigned",
  "team_assigned",
  "team_removed",
  "priority",
  "resolved",
  "snoozed",
  "snoozed_open",
  "pending",
  "opened",
  "reopened",
  "woken",
  "spam",
  "related_accepted",
  "related_dismissed",
  "sent_again",
  "sending_confirmed",
  "merged",
  "unmerged",
  "handed_over",
  "bot_started",
  "bot_stopped",
  "tagged",
  "notified",
] as const);
type Known = typeof KNOWN extends Set<infer Name> ? Name : never;

/** Returns which wording an event has: some depend on more than its name. */
export function wordingOf(data: Readonly<Record<string, unknown>>, by: string | null): Known | null {
  const name = String(data.event);
  if (name === "assigned" && data.to === null) return "unassigned";
  if (name === "assigned" && data.to === by) return "took";
  if (name === "team_assigned" && data.to === null) return "team_removed";
  if (name === "snoozed" && typeof data.until !== "string") return "snoozed_open";
  return (KNOWN as Set<string>).has(name) ? (name as Known) : null;
}

function words(value: unknown, mark = ""): string[] {
  return Array.isArray(value) ? value.map((one) => `${mark}${String(one)}`) : [];
}

/** Says who did it: a person, a person by a macro, a rule by its name, or the hub. */
export function doerOf(entry: Interaction, t: ReturnType<typeof useTranslation>["t"]): string {
  const { rule_name: rule, macro_name: macro } = entry.data;
  if (typeof rule === "string") return t("event.rule", { name: rule });
  const by = entry.author_name || t("event.hub");
  return typeof macro === "string" ? t("event.macro", { by, name: macro }) : by;
}

export function EventLine({ entry }: { entry: Interaction }) {
  const { t, i18n } = useTranslation();
  const { data } = entry;
  const wording = wordingOf(data, entry.author_id);
  const mayWrite = useMay("conversations_write");
  const why = wording === "merged" && typeof data.why === "string" && data.why !== "" ? ` (${data.why})` : "";
  const told = wording === "notified" && typeof data.text === "string" && data.text !== "" ? `: ${data.text}` : "";
  const values = {
    by: doerOf(entry, t),
    tags: [...words(data.added, "+"), ...words(data.removed, "−")].join(", "),
    names: words(data.names).join(", "),
    name: [data.other_name, data.bot].find((one) => typeof one === "string") ?? "",
    to: typeof data.to_name === "string" ? data.to_name : "",
    until: typeof data.until === "string" ? full(new Date(data.until), i18n.language) : "",
    priority:
      typeof data.to === "string" && ["low", "normal", "high", "urgent"].includes(data.to)
        ? t(`priority.${data.to as Priority}`)
        : "",
  };
  const Line = OWN_LINES[String(data.event)];
  if (Line !== undefined)
    return (
      <Suspense fallback={null}>
        <Line entry={entry} />
      </Suspense>
    );
  return (
    <p className={classes.event}>
      {wording === null ? entry.text || String(data.event ?? "") : t(`event.${wording}`, values)}
      {why}
      {told} · <When at={entry.occurred_at} as="clock" />
      {wording === "merged" && mayWrite && (
        <Suspense fallback={null}>
          <UndoMerge conversationId={entry.conversation_id} mergeId={String(data.merge)} />
        </Suspense>
      )}
    </p>
  );
}
