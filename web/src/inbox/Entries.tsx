/** The entries of a thread: opened at the first unread, older pages above, always at the end while one is there. */
import { Button, Loader } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import {
  type InfiniteData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useQueryClient,
} from "@tanstack/react-query";
import { type UIEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { patchConversation } from "../api/cache";
import { body, client } from "../api/client";
import { useSession } from "../api/hooks";
import { conversationQuery, threadQuery } from "../api/queries";
import type { ConversationDetail, Interaction, Page } from "../api/types";
import { useTranslation } from "../i18n";
import { useShortcut } from "../shell/shortcuts";
import { Broken, RowSkeletons } from "../ui/States";
import { blocksOf, daysOf, firstUnseen } from "./blocks";
import { DayView } from "./BlockView";
import classes from "./thread.module.css";
import { TypingLine } from "./TypingLine";
import { usePointedAt } from "./usePointedAt";

const NEAR_END = 80;
const NEAR_START = 400;

export function Entries({ detail }: { detail: ConversationDetail }) {
  const thread = useInfiniteQuery(threadQuery(detail.row.id));
  if (thread.isPending) return <RowSkeletons rows={5} />;
  if (thread.data === undefined) return <Broken error={thread.error} retry={() => void thread.refetch()} />;
  return <Loaded detail={detail} thread={thread} />;
}

function Loaded({
  detail,
  thread,
}: {
  detail: ConversationDetail;
  thread: UseInfiniteQueryResult<InfiniteData<Page<Interaction>, unknown>>;
}) {
  const { t } = useTranslation();
  const id = detail.row.id;
  const entries = useMemo(() => (thread.data?.pages ?? []).toReversed().flatMap((page) => page.items), [thread.data]);
  const box = useRef<HTMLDivElement>(null);
  const place = useRef({ placed: false, atEnd: true, height: 0, oldest: "" });
  const [below, setBelow] = useState(0);
  const [away, setAway] = useState(false);
  const count = useRef(0);

  // Settled when the thread is opened: the line must not wander while one reads.
  const [firstNew] = useState(() => firstUnseen(entries, detail.row.unread === true, detail.read_at));
  const days = useMemo(() => daysOf(blocksOf(entries, firstNew)), [entries, firstNew]);

  useMarkRead(detail, entries.at(-1)?.received_at ?? null, !away);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || entries.length === 0) return;
    const now = place.current;
    const oldest = entries[0]?.id ?? "";
    if (!now.placed) {
      const line = element.querySelector<HTMLElement>("[data-new-line]");
      element.scrollTop = line === null ? element.scrollHeight : line.offsetTop - 64;
      now.placed = true;
      now.atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
      setAway(!now.atEnd);
    } else if (oldest !== now.oldest) {
      // An older page came in above: what was on screen stays where it was.
      element.scrollTop += element.scrollHeight - now.height;
    } else if (now.atEnd) {
      element.scrollTop = element.scrollHeight;
    } else if (entries.length > count.current) {
      setBelow((seen) => seen + entries.length - count.current);
    }
    now.oldest = oldest;
    now.height = element.scrollHeight;
    count.current = entries.length;
  }, [entries]);

  const arrived = useCallback(() => {
    place.current.atEnd = false;
    setAway(true);
  }, []);
  usePointedAt(box, thread, arrived);

  // Pictures and mail frames grow after they are drawn; the end stays the end.
  useEffect(() => {
    const element = box.current;
    const inner = element?.firstElementChild;
    if (element === null || !inner) return undefined;
    const watch = new ResizeObserver(() => {
      place.current.height = element.scrollHeight;
      if (place.current.placed && place.current.atEnd) element.scrollTop = element.scrollHeight;
    });
    watch.observe(inner);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  const toEnd = () => {
    const element = box.current;
    if (element === null) return;
    place.current.atEnd = true;
    element.scrollTo({ top: element.scrollHeight, behavior: "smooth" });
    setBelow(0);
  };
  const toNew = () =>
    box.current?.querySelector("[data-new-line]")?.scrollIntoView({ block: "start", behavior: "smooth" });
  useShortcut("unread", toNew);

  const onScroll = (event: UIEvent<HTMLDivElement>) => {
    const element = event.currentTarget;
    place.current.atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    place.current.height = element.scrollHeight;
    setAway(!place.current.atEnd);
    if (place.current.atEnd) setBelow(0);
    if (element.scrollTop < NEAR_START && thread.hasNextPage && !thread.isFetchingNextPage) void thread.fetchNextPage();
  };

  return (
    <div className={classes.entriesPlace}>
      <div
        ref={box}
        className={classes.entries}
        onScroll={onScroll}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
        role="log"
        aria-label={t("thread.entries", { name: detail.row.contact_name })}
        aria-live="off"
      >
        <div className={classes.column}>
          {thread.isFetchingNextPage && (
            <div className={classes.older}>
              <Loader aria-label={t("thread.older")} />
            </div>
          )}
          {thread.isFetchNextPageError && (
            <Button
              variant="default"
              className={classes.older}
              leftSection={<IconArrowUp size={14} />}
              onClick={() => void thread.fetchNextPage()}
            >
              {t("thread.olderAgain")}
            </Button>
          )}
          {!thread.hasNextPage && entries.length > 0 && <p className={classes.beginning}>{t("thread.beginning")}</p>}
          {entries.length === 0 && <p className={classes.beginning}>{t("thread.empty")}</p>}
          {days.map((day) => (
            <DayView key={day.key} day={day} detail={detail} />
          ))}
          <TypingLine conversationId={id} />
        </div>
      </div>
      {away && (
        <Button
          className={classes.toEnd}
          size="compact-md"
          radius="xl"
          variant={below > 0 ? "filled" : "default"}
          leftSection={<IconArrowDown size={15} />}
          onClick={toEnd}
        >
          {below > 0 ? t("thread.newBelow", { count: below }) : t("thread.toEnd")}
        </Button>
      )}
    </div>
  );
}

/** Tells the server that this person has seen everything, while the thread is on a visible screen. */
function useMarkRead(detail: ConversationDetail, newest: string | null, looking: boolean): void {
  const queries = useQueryClient();
  const me = useSession().user.id;
  const { row } = detail;
  const [visible, setVisible] = useState(() => document.visibilityState === "visible");
  useEffect(() => {
    const onChange = () => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", onChange);
    return () => document.removeEventListener("visibilitychange", onChange);
  }, []);
  const unread = row.unread === true;
  const latest = useRef(row);
  useEffect(() => {
    latest.current = row;
  });
  useEffect(() => {
    if (!looking || !visible || !unread || newest === null) return undefined;
    const timer = setTimeout(() => {
      // Best effort: if it fails, the row stays unread and the next look tries again.
      body(
        client.POST("/conversations/{conversation_id}/read", { params: { path: { conversation_id: row.id } } }),
      ).then(
        () => {
          patchConversation(queries, { ...latest.current, unread: false }, me);
          queries.setQueryData(conversationQuery(row.id).queryKey, (seen) => seen && { ...seen, read_at: newest });
        },
        () => undefined,
      );
    }, 600);
    return () => clearTimeout(timer);
    // A new last entry is looked at, too.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies -- a new last entry is looked at, too
  }, [looking, visible, unread, row.id, row.last_at, newest, queries, me]);
}
