/** Raw events the hub could not read: what the provider sent, why it was not understood, and reading them again. */
import { Button, Group, Modal, Select } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import type { RawEvent } from "../api/types";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { RawEventView } from "../ui/RawEventView";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import { PageHead } from "./PageHead";
import classes from "./settings.module.css";

const STATES = ["unparsed", "parked", "new", "done"] as const;
const ALL = "all";
const EVERY = 5000;

export default function RawEvents() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const channels = useChannels();
  const mayReplay = useMay("ledger_replay");
  const [state, setState] = useState<RawEvent["state"]>("unparsed");
  const [channel, setChannel] = useState(ALL);
  const [open, setOpen] = useState<number | null>(null);
  const events = useInfiniteQuery({
    queryKey: ["raw-events", state, channel],
    queryFn: ({ pageParam }) =>
      body(
        client.GET("/raw-events", {
          params: {
            query: {
              state,
              limit: 50,
              ...(channel === ALL ? {} : { channel }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // What is read again is understood, or is back here, a moment later.
    refetchInterval: EVERY,
  });
  const replay = useMutation({
    mutationFn: (what: { channel_id?: string; seqs?: number[] }) =>
      body(client.POST("/raw-events/replay", { body: what })),
    onSuccess: async ({ count }) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["raw-events"] }),
        queries.invalidateQueries({ queryKey: ["ledger"] }),
      ]);
      setOpen(null);
      toast.done(t("raw.replayed", { count }));
    },
    onError: (error) => toast.failure(t("raw.notReplayed"), inWords(error)),
  });
  const rows = events.data?.pages.flatMap((page) => page.items) ?? [];
  const replayAll = () =>
    replay.mutate(channel === ALL ? { seqs: rows.map((row) => row.seq) } : { channel_id: channel });
  return (
    <>
      <PageHead
        title={t("settings.events.title")}
        text={t("settings.events.text")}
        action={
          mayReplay &&
          state === "unparsed" &&
          rows.length > 0 && (
            <Button loading={replay.isPending} onClick={replayAll}>
              {t("raw.replayAll")}
            </Button>
          )
        }
      />
      <div className={`${classes.content} ${classes.scrollX}`}>
        <Group gap="sm" mb="md">
          <Select
            aria-label={t("raw.state")}
            data={STATES.map((value) => ({ value, label: t(`raw.states.${value}`) }))}
            value={state}
            onChange={(value) => value !== null && setState(value as RawEvent["state"])}
          />
          <Select
            aria-label={t("filters.channel")}
            data={[
              { value: ALL, label: t("raw.allChannels") },
              ...[...channels.values()].map((item) => ({ value: item.id, label: item.name })),
            ]}
            value={channel}
            onChange={(value) => value !== null && setChannel(value)}
          />
        </Group>
        {events.isPending && <RowSkeletons rows={3} />}
        {events.isError && <Broken error={events.error} retry={() => void events.refetch()} />}
        {events.isSuccess && rows.length === 0 && (
          <Empty
            icon={<IconChecks size={28} stroke={1.4} />}
            title={state === "unparsed" ? t("raw.none") : t("raw.noneOther")}
            text={state === "unparsed" ? t("raw.noneText") : undefined}
          />
        )}
        {rows.length > 0 && (
          <table className={classes.table}>
            <thead>
              <tr>
                <th data-number>{t("raw.seq")}</th>
                <th>{t("filters.channel")}</th>
                <th>{t("raw.received")}</th>
                <th>{t("raw.error")}</th>
                <th>
                  <span className="srOnly">{t("settings.users.more")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.seq}>
                  <td data-number>{row.seq}</td>
                  <td>
                    <ChannelIcon channelId={row.channel_id} size={15} /> {channels.get(row.channel_id)?.name}
                  </td>
                  <td>
                    <When at={row.received_at} as="ago" />
                  </td>
                  <td>{row.error || t(`raw.states.${row.state}`)}</td>
                  <td data-number>
                    <Button size="compact-sm" variant="default" onClick={() => setOpen(row.seq)}>
                      {t("raw.view")}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {events.hasNextPage && (
          <Button variant="default" mt="md" onClick={() => void events.fetchNextPage()}>
            {t("common.more")}
          </Button>
        )}
      </div>
      {open !== null && (
        <Modal opened onClose={() => setOpen(null)} title={t("raw.title")} size="xl">
          <One seq={open} />
          {mayReplay && (
            <Group justify="flex-end" mt="md">
              <Button loading={replay.isPending} onClick={() => replay.mutate({ seqs: [open] })}>
                {t("raw.replay")}
              </Button>
            </Group>
          )}
        </Modal>
      )}
    </>
  );
}

function One({ seq }: { seq: number }) {
  const event = useQuery({
    queryKey: ["raw-events", seq],
    queryFn: () => body(client.GET("/raw-events/{seq}", { params: { path: { seq } } })),
  });
  if (event.isPending) return <RowSkeletons rows={3} />;
  if (event.isError) return <Broken error={event.error} retry={() => void event.refetch()} />;
  return <RawEventView event={event.data} />;
}
