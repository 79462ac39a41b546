/** What is behind a figure: its waits, or its messages and calls, each opening at its place in the conversation. */
import { Button, Select } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useChannels, usePeople } from "../api/hooks";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import type { Asked } from "./asked";
import { Exports } from "./Exports";
import { Narrowed } from "./Narrowed";
import { entriesQuery, type Figure, figuresQuery, type ReportEntry, waitsQuery } from "./queries";
import classes from "./reports.module.css";
import { At, Said, WaitRow } from "./Waits";
import { useFigureWords } from "./words";

/** What opens into calls that were in a queue. */
const OF_CALLS: ReadonlySet<string> = new Set(["service_level", "speed_of_answer", "abandon_rate", "abandoned"]);

export function Behind({ asked, ask }: { asked: Asked; ask: (next: Asked) => void }) {
  const { t, i18n } = useTranslation();
  const found = useQuery(figuresQuery);
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (!found.isSuccess) return <RowSkeletons rows={6} />;
  const key = asked.figure ?? "reply";
  const figure = found.data.find((one) => one.key === key);
  const name = (one: Figure) =>
    i18n.exists(`reports.figures.${one.key}`) ? i18n.t(`reports.figures.${one.key}`) : one.name;
  return (
    <div className={classes.waits}>
      <div className={classes.waitsHead}>
        <Select
          aria-label={t("reports.figure")}
          w={280}
          maw="100%"
          searchable
          allowDeselect={false}
          value={figure === undefined ? null : key}
          onChange={(value) => {
            // Who waited at a moment is asked of what waits alone.
            const { at: _at, ...rest } = asked;
            ask({ ...rest, figure: value ?? "reply" });
          }}
          data={found.data.map((one) => ({ value: one.key, label: name(one) }))}
        />
        {figure !== undefined && <Exports asked={asked} figure={key} />}
      </div>
      <Narrowed asked={asked} ask={ask} />
      {figure === undefined ? (
        <Empty title={t("reports.noFigure", { key })} text={t("reports.noFigureText")} />
      ) : figure.behind === "entries" ? (
        <Entries asked={{ ...asked, figure: key }} figure={figure} />
      ) : (
        <Waits asked={{ ...asked, figure: key }} figure={figure} />
      )}
    </div>
  );
}

function Waits({ asked, figure }: { asked: Asked; figure: Figure | undefined }) {
  const { t, i18n } = useTranslation();
  const list = useInfiniteQuery(waitsQuery(asked));
  const waits = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? null;
  return (
    <>
      {figure !== undefined && (
        <Meaning figure={figure}>
          {total !== null && t("reports.waitCount", { count: total, n: total.toLocaleString(i18n.language) })}
        </Meaning>
      )}
      {list.isPending && <RowSkeletons rows={6} />}
      {list.isError && <Broken error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && waits.length === 0 && <Empty title={t("reports.noWaits")} text={t("reports.noWaitsText")} />}
      <ol className={classes.waitList}>
        {waits.map((wait) => (
          <WaitRow key={wait.id} wait={wait} call={OF_CALLS.has(figure?.key ?? "")} />
        ))}
      </ol>
      <More list={list} />
    </>
  );
}

function Entries({ asked, figure }: { asked: Asked; figure: Figure }) {
  const { t, i18n } = useTranslation();
  const list = useInfiniteQuery(entriesQuery(asked));
  const entries = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? null;
  return (
    <>
      <Meaning figure={figure}>
        {total !== null && t("reports.entryCount", { count: total, n: total.toLocaleString(i18n.language) })}
      </Meaning>
      {list.isPending && <RowSkeletons rows={6} />}
      {list.isError && <Broken error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && entries.length === 0 && (
        <Empty title={t("reports.noEntries")} text={t("reports.noEntriesText")} />
      )}
      <ol className={classes.waitList}>
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </ol>
      <More list={list} />
    </>
  );
}

interface MoreProps {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

function More({ list }: MoreProps) {
  const { t } = useTranslation();
  if (!list.hasNextPage) return null;
  return (
    <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {t("reports.moreWaits")}
    </Button>
  );
}

function Meaning({ figure, children }: { figure: Figure; children: ReactNode }) {
  const { formula } = useFigureWords(figure);
  return (
    <p className={classes.note}>
      <strong role="status">{children} </strong>
      {formula}
    </p>
  );
}

function EntryRow({ entry }: { entry: ReportEntry }) {
  const { t } = useTranslation();
  const channels = useChannels();
  const author = usePeople().get(entry.author_id ?? "");
  const text = entry.text === "" ? t(entry.kind === "call" ? "reports.call" : "reports.noText") : entry.text;
  return (
    <li className={classes.wait}>
      <div className={classes.waitLink}>
        <span className={classes.waitWho}>
          <ChannelIcon channelId={entry.channel_id} size={15} />
          <strong>{entry.contact_name === "" ? t("reports.unnamed") : entry.contact_name}</strong>
          <span className={classes.quiet}>{channels.get(entry.channel_id)?.name}</span>
        </span>
        <Said conversation={entry.conversation_id} entry={entry.id}>
          <At time={entry.at} /> {author !== undefined && <strong>{author.name}: </strong>}
          {text}
        </Said>
      </div>
    </li>
  );
}
