/** The conversation list: virtual, paged by cursor, live, and still while the pointer is over it. */
import { Button, Loader } from "@mantine/core";
import { IconArrowUp, IconInboxOff } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { DEFAULT_FILTER, searchOf } from "../api/filter";
import { useMay } from "../api/hooks";
import { channelsQuery, conversationsQuery } from "../api/queries";
import { useTranslation } from "../i18n";
import { useShortcut } from "../shell/shortcuts";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { holdOrder } from "./heldOrder";
import classes from "./inbox.module.css";
import { ListHeader } from "./ListHeader";
import { Row } from "./Row";
import { useInbox } from "./useInbox";

const ROW_HEIGHT = 72;
const AHEAD = 12;

export function List({ withViews, mayUnfold }: { withViews: boolean; mayUnfold: boolean }) {
  const { filter } = useInbox();
  return (
    <>
      <ListHeader withViews={withViews} mayUnfold={mayUnfold} />
      <Rows key={JSON.stringify(filter)} />
    </>
  );
}

/** The rows of one filter; another filter is another list, from its top. */
function Rows() {
  const { t } = useTranslation();
  const { filter, conversationId, open, setFilter } = useInbox();
  const list = useInfiniteQuery(conversationsQuery(filter));
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const fresh = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const { rows, waiting } = useMemo(
    () => (held === null ? { rows: fresh, waiting: 0 } : holdOrder(held, fresh)),
    [held, fresh],
  );
  const scroller = useRef<HTMLDivElement>(null);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);

  const step = (by: 1 | -1) => {
    const at = rows.findIndex((row) => row.id === conversationId);
    const target = rows[at < 0 ? 0 : at + by];
    if (target === undefined) return;
    open(target.id);
    virtual.scrollToIndex(rows.indexOf(target), { align: "auto" });
  };
  useShortcut("next", () => step(1));
  useShortcut("previous", () => step(-1));

  const mayConnect = useMay("channels_write");
  const channels = useQuery(channelsQuery);
  const noChannel = mayConnect && channels.data?.length === 0;
  const preset =
    filter.state.length === 1 && (filter.state[0] === "resolved" || filter.state[0] === "snoozed")
      ? filter.state[0]
      : null;
  const filtered =
    Object.keys(
      searchOf({
        ...filter,
        view: DEFAULT_FILTER.view,
        sort: DEFAULT_FILTER.sort,
        ...(preset === null ? {} : { state: DEFAULT_FILTER.state }),
      }),
    ).length > 0;
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      onPointerMove={(event) =>
        event.pointerType === "mouse" && held === null && rows.length > 0 && setHeld(rows.map((row) => row.id))
      }
      onPointerLeave={() => setHeld(null)}
    >
      {waiting > 0 && (
        <Button
          className={classes.newRows}
          size="compact-sm"
          radius="xl"
          leftSection={<IconArrowUp size={14} />}
          onClick={() => setHeld(null)}
        >
          {t("list.newRows", { count: waiting })}
        </Button>
      )}
      {list.isPending && <RowSkeletons />}
      {list.isError && rows.length === 0 && <Broken error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && (
        <Empty
          icon={<IconInboxOff size={28} stroke={1.4} />}
          title={
            noChannel
              ? t("channel.none")
              : filtered
                ? t("list.emptyFiltered")
                : t(`list.empty.${preset ?? filter.view}`)
          }
          text={noChannel ? t("channel.noneText") : filtered ? t("list.emptyFilteredText") : t("list.emptyText")}
          action={
            noChannel ? (
              <Button
                component={Link}
                to="/settings/$section/$itemId"
                params={{ section: "channels", itemId: "new" } as never}
              >
                {t("channel.add")}
              </Button>
            ) : (
              filtered && (
                <Button variant="default" onClick={() => setFilter({ ...DEFAULT_FILTER, view: filter.view })}>
                  {t("filters.clear")}
                </Button>
              )
            )
          }
        />
      )}
      <ul className={classes.rows} style={{ height: virtual.getTotalSize() }} aria-label={t("list.title")}>
        {items.map((item) => {
          const row = rows[item.index];
          return (
            row !== undefined && (
              <li
                key={row.id}
                className={classes.rowPlace}
                style={{ transform: `translateY(${item.start}px)` }}
                aria-setsize={hasNextPage ? -1 : rows.length}
                aria-posinset={item.index + 1}
              >
                <Row row={row} selected={row.id === conversationId} open={open} />
              </li>
            )
          );
        })}
      </ul>
      {isFetchingNextPage && (
        <div className={classes.more}>
          <Loader aria-label={t("common.loading")} />
        </div>
      )}
      {list.isFetchNextPageError && <Broken error={list.error} retry={() => void fetchNextPage()} />}
    </div>
  );
}
