/** A contact's whole life across channels, newest at the top, with a filter by channel and jumps between months. */
import { Button, Chip, Group, Loader } from "@mantine/core";
import { IconArrowDownLeft, IconArrowUpRight, IconNote, IconRobot } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { useChannels } from "../api/hooks";
import { timelineQuery } from "../api/queries";
import type { Contact, Interaction } from "../api/types";
import { useTranslation, withTexts } from "../i18n";
import { Attachments } from "../inbox/content/Attachments";
import { text } from "../inbox/content/data";
import { EventLine } from "../inbox/EventLine";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Broken, RowSkeletons } from "../ui/States";
import { When } from "../ui/When";
import classes from "./timeline.module.css";

const CallCard = lazy(withTexts(["calls"], () => import("../calls/CallCard")));

/** Groups entries, newest first, by the month they happened in: keys such as "2026-11". */
export function byMonth(entries: readonly Interaction[]): { month: string; entries: Interaction[] }[] {
  const groups: { month: string; entries: Interaction[] }[] = [];
  for (const entry of entries) {
    const at = new Date(entry.occurred_at);
    const month = `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}`;
    const last = groups.at(-1);
    if (last?.month === month) last.entries.push(entry);
    else groups.push({ month, entries: [entry] });
  }
  return groups;
}

export function Timeline({ contact, compact = false }: { contact: Contact; compact?: boolean }) {
  const { t, i18n } = useTranslation();
  const channels = useChannels();
  const used = [...new Set(contact.points.flatMap((point) => point.channel_ids))];
  const asked = useSearch({ strict: false }).channel;
  const [own, setOwn] = useState<{ asked: unknown; chosen: string[] }>();
  const chosen = own?.asked === asked && own !== undefined ? own.chosen : typeof asked === "string" ? [asked] : [];
  const setChosen = (next: string[]) => setOwn({ asked, chosen: next });
  const timeline = useInfiniteQuery(timelineQuery(contact.id, chosen));
  const months = useMemo(
    () => byMonth(timeline.data?.pages.flatMap((page) => page.items.toReversed()) ?? []),
    [timeline.data],
  );
  const place = useRef<HTMLDivElement>(null);
  const monthName = (month: string) =>
    new Intl.DateTimeFormat(i18n.language, { month: "long", year: "numeric" }).format(new Date(`${month}-01T12:00:00`));
  const shortMonth = (month: string) =>
    new Intl.DateTimeFormat(i18n.language, { month: "short" }).format(new Date(`${month}-01T12:00:00`));
  if (timeline.isPending) return <RowSkeletons rows={4} />;
  if (timeline.isError) return <Broken error={timeline.error} retry={() => void timeline.refetch()} />;
  return (
    <div ref={place} className={classes.timeline} data-compact={compact || undefined}>
      {used.length > 1 && (
        <Chip.Group multiple value={chosen} onChange={setChosen}>
          <Group gap={6} className={classes.filter} role="group" aria-label={t("filters.channel")}>
            {used.map((id) => (
              <Chip key={id} value={id} size="sm">
                {channels.get(id)?.name ?? t("filters.channel")}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      {months.length === 0 && <p className={classes.empty}>{t("contact.noTimeline")}</p>}
      <div className={classes.columns}>
        <div className={classes.months}>
          {months.map((group) => (
            <section key={group.month} data-month={group.month}>
              <h3>{monthName(group.month)}</h3>
              {group.entries.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </section>
          ))}
          {timeline.hasNextPage && (
            <Button
              variant="default"
              fullWidth
              onClick={() => void timeline.fetchNextPage()}
              disabled={timeline.isFetchingNextPage}
            >
              {timeline.isFetchingNextPage ? <Loader /> : t("contact.earlier")}
            </Button>
          )}
        </div>
        {!compact && months.length > 1 && (
          <nav className={classes.map} aria-label={t("contact.months")}>
            {months.map((group) => (
              <button
                key={group.month}
                type="button"
                title={monthName(group.month)}
                onClick={() =>
                  place.current
                    ?.querySelector(`[data-month="${group.month}"]`)
                    ?.scrollIntoView({ behavior: "smooth", block: "start" })
                }
              >
                <span>{shortMonth(group.month)}</span>
                <span className={classes.bar} style={{ width: Math.min(36, 4 + group.entries.length) }} aria-hidden />
                <small className="tabular">{group.entries.length}</small>
              </button>
            ))}
          </nav>
        )}
      </div>
    </div>
  );
}

function Side({ entry }: { entry: Interaction }) {
  const icon = { size: 13, stroke: 2, "aria-hidden": true };
  if (entry.kind === "note") return <IconNote {...icon} />;
  if (entry.direction === "inbound") return <IconArrowDownLeft {...icon} />;
  return entry.author_kind === "bot" || entry.author_kind === "auto" ? (
    <IconRobot {...icon} />
  ) : (
    <IconArrowUpRight {...icon} />
  );
}

/** What an entry without words is, in words. */
function summary(entry: Interaction, t: ReturnType<typeof useTranslation>["t"]): string {
  switch (entry.content) {
    case "location":
      return text(entry.data, "name") || t("card.location");
    case "contact_card":
      return text(entry.data, "name") || t("card.contact");
    case "poll":
      return text(entry.data, "question") || t("card.poll");
    case "invite":
      return text(entry.data, "summary") || t("card.invite");
    case "button":
      return text(entry.data, "label");
    case "unsupported":
      return t("card.unsupported", { what: text(entry.data, "what") || t("card.unknownKind") });
    default:
      return "";
  }
}

function Entry({ entry }: { entry: Interaction }) {
  const { t } = useTranslation();
  if (entry.kind === "event") return <EventLine entry={entry} />;
  const words = entry.deleted_at === null ? entry.text || summary(entry, t) : t("message.deleted");
  return (
    <article className={classes.entry} data-kind={entry.kind} data-side={entry.direction}>
      <Link className={classes.head} to="/inbox/$conversationId" params={{ conversationId: entry.conversation_id }}>
        <ChannelIcon channelId={entry.channel_id} size={14} />
        <Side entry={entry} />
        <span className={classes.author}>{entry.author_name || t("event.hub")}</span>
        <When at={entry.occurred_at} />
      </Link>
      {entry.subject !== "" && <p className={classes.subject}>{entry.subject}</p>}
      {entry.kind === "call" && typeof entry.data.call === "string" ? (
        <Suspense fallback={null}>
          <CallCard callId={entry.data.call} />
        </Suspense>
      ) : (
        words !== "" && <p className={classes.words}>{words}</p>
      )}
      <Attachments files={entry.attachments.filter((file) => !file.inline)} />
      {(entry.delivery?.state === "failed" || entry.delivery?.state === "unknown") && (
        <p className={classes.failed}>{t(`delivery.${entry.delivery.state}`)}</p>
      )}
    </article>
  );
}
