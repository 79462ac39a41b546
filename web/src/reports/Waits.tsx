/** The waits behind a figure, each with the message that began it and the one that ended it. */
import { Button, Menu, Progress, Select } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { body, client } from "../api/client";
import { useChannels, usePeople } from "../api/hooks";
import { newId } from "../api/ids";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { span } from "../ui/time";
import { WaitClock } from "../ui/WaitClock";
import { When } from "../ui/When";
import { type Asked, toSave, zoneHere } from "./asked";
import { exportQuery, figuresQuery, type Figure, type ReportWait, waitsQuery } from "./queries";
import classes from "./reports.module.css";
import { useFigureWords } from "./words";

export function Waits({ asked, ask }: { asked: Asked; ask: (next: Asked) => void }) {
  const { t, i18n } = useTranslation();
  const figures = useQuery(figuresQuery).data ?? [];
  const chosen = figures.find((figure) => figure.key === (asked.figure ?? "reply"));
  const list = useInfiniteQuery(waitsQuery({ figure: "reply", ...asked }));
  const waits = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? null;
  return (
    <div className={classes.waits}>
      <div className={classes.waitsHead}>
        <Select
          aria-label={t("reports.figure")}
          w={280}
          value={asked.figure ?? "reply"}
          onChange={(value) => ask({ ...asked, figure: value ?? "reply" })}
          data={figures
            .filter((figure) => figure.behind === "waits")
            .map((figure) => ({
              value: figure.key,
              label: i18n.exists(`reports.figures.${figure.key}`)
                ? i18n.t(`reports.figures.${figure.key}`)
                : figure.name,
            }))}
        />
        <Exports asked={asked} />
      </div>
      {chosen !== undefined && <Meaning figure={chosen} total={total} />}
      {list.isPending && <RowSkeletons rows={6} />}
      {list.isError && <Broken error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && waits.length === 0 && <Empty title={t("reports.noWaits")} text={t("reports.noWaitsText")} />}
      <ol className={classes.waitList}>
        {waits.map((wait) => (
          <WaitRow key={wait.id} wait={wait} call={chosen?.key === "service_level"} />
        ))}
      </ol>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("reports.moreWaits")}
        </Button>
      )}
    </div>
  );
}

function Meaning({ figure, total }: { figure: Figure; total: number | null }) {
  const { t, i18n } = useTranslation();
  const { formula } = useFigureWords(figure);
  return (
    <p className={classes.note}>
      {total !== null && (
        <strong>{t("reports.waitCount", { count: total, n: total.toLocaleString(i18n.language) })} </strong>
      )}
      {formula}
    </p>
  );
}

function WaitRow({ wait, call }: { wait: ReportWait; call: boolean }) {
  const { t, i18n } = useTranslation();
  const channels = useChannels();
  const people = usePeople();
  const locale = i18n.language;
  return (
    <li className={classes.wait}>
      <div className={classes.waitLink}>
        <span className={classes.waitWho}>
          <ChannelIcon channelId={wait.channel_id} size={15} />
          <strong>{wait.contact_name === "" ? t("reports.unnamed") : wait.contact_name}</strong>
          <span className={classes.quiet}>{channels.get(wait.channel_id)?.name}</span>
        </span>
        <span className={classes.waitTime}>
          {wait.seconds === null ? <WaitClock since={wait.started_at} /> : span(wait.seconds * 1000, locale)}
          {wait.business_seconds !== null && wait.business_seconds !== wait.seconds && (
            <small>{t("reports.inHours", { value: span(wait.business_seconds * 1000, locale) })}</small>
          )}
        </span>
        <Said wait={wait} entry={wait.question_id}>
          <When at={wait.started_at} />{" "}
          {wait.question === "" ? t(call ? "reports.aCall" : "reports.noText") : wait.question}
        </Said>
        {wait.ended_at === null ? (
          <span className={classes.waitText} data-answer>
            {t("reports.stillOpen")}
          </span>
        ) : (
          <Said wait={wait} entry={wait.answer_id ?? wait.question_id} answer>
            <When at={wait.ended_at} />{" "}
            {wait.answered_by !== null && <strong>{people.get(wait.answered_by)?.name}: </strong>}
            {wait.answer !== ""
              ? wait.answer
              : t(
                  call && wait.answered_by === null
                    ? "reports.notAnswered"
                    : `reports.ends.${wait.ended_by ?? "reply"}`,
                )}
          </Said>
        )}
        <span className={classes.tags}>
          {late(wait) && <span data-late>{t("reports.marks.late")}</span>}
          {wait.first && <span>{t("reports.marks.first")}</span>}
          {wait.reopened && <span>{t("reports.marks.reopened")}</span>}
          {wait.initiated_by_us && <span>{t("reports.marks.initiated")}</span>}
        </span>
      </div>
    </li>
  );
}

/** A message of a wait; it opens at its very place in the conversation. */
function Said({
  wait,
  entry,
  answer,
  children,
}: {
  wait: ReportWait;
  entry: string;
  answer?: boolean;
  children: ReactNode;
}) {
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId: wait.conversation_id }}
      hash={`entry-${entry}`}
      className={classes.waitText}
      data-answer={answer || undefined}
    >
      {children}
    </Link>
  );
}

const late = ({ due_at: due, ended_at: ended }: ReportWait): boolean =>
  due !== null && Date.parse(due) < (ended === null ? Date.now() : Date.parse(ended));

function Exports({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: async (format: "csv" | "xlsx") => {
      const id = newId();
      const words = {
        ...toSave(asked, zoneHere()),
        figure: asked.figure ?? "reply",
        ...(asked.at_least === undefined ? {} : { at_least: asked.at_least }),
      };
      await body(client.POST("/exports", { body: { id, asked: words, format } }));
      setMade(id);
    },
  });
  return (
    <div className={classes.exports}>
      <Menu>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} stroke={1.6} />} loading={start.isPending}>
            {t("reports.export")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => start.mutate("xlsx")}>{t("reports.xlsx")}</Menu.Item>
          <Menu.Item onClick={() => start.mutate("csv")}>{t("reports.csv")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {start.isError && <Broken error={start.error} />}
      {made !== null && <Progressing id={made} />}
    </div>
  );
}

function Progressing({ id }: { id: string }) {
  const { t } = useTranslation();
  const found = useQuery(exportQuery(id)).data;
  if (found === undefined) return null;
  if (found.state === "failed")
    return (
      <p role="alert" className={classes.late}>
        {found.problem}
      </p>
    );
  if (found.state === "done")
    return (
      <Button component="a" href={`/api/v1/exports/${id}/file`} download>
        {t("reports.download", { count: found.rows })}
      </Button>
    );
  const share = found.total === null || found.total === 0 ? 0 : (found.rows / found.total) * 100;
  return <Progress className={classes.progress} value={share} animated aria-label={t("reports.exporting")} />;
}
