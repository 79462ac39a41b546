/** The loss ledger: for each channel what came in and what became of it, so that anyone can see nothing was lost. */
import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels } from "../api/hooks";
import type { LedgerLine } from "../api/types";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { When } from "../ui/When";
import { PageHead } from "./PageHead";
import classes from "./settings.module.css";

const SPANS = [1, 7, 30, 90];

/** What was taken in but is not in the journal: must be 0. */
export function lost(line: LedgerLine): number {
  return Math.max(0, line.received - line.stored);
}

export default function Ledger() {
  const { t, i18n } = useTranslation();
  const channels = useChannels();
  const [days, setDays] = useState(30);
  const ledger = useQuery({
    queryKey: ["ledger", days],
    queryFn: () => body(client.GET("/ledger", { params: { query: { days } } })),
    refetchInterval: 30_000,
  });
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <>
      <PageHead
        title={t("settings.ledger.title")}
        text={t("settings.ledger.text")}
        action={
          <SegmentedControl
            size="sm"
            aria-label={t("settings.ledger.span")}
            value={String(days)}
            onChange={(value) => setDays(Number(value))}
            data={SPANS.map((span) => ({ value: String(span), label: t("settings.ledger.days", { count: span }) }))}
          />
        }
      />
      <div
        className={`${classes.content} ${classes.wide} ${classes.scrollX}`}
        role="region"
        aria-label={t("settings.ledger.title")}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        {ledger.isPending && <RowSkeletons rows={3} />}
        {ledger.isError && <Broken error={ledger.error} retry={() => void ledger.refetch()} />}
        {ledger.isSuccess && ledger.data.length === 0 && (
          <Empty title={t("settings.ledger.none")} text={t("settings.ledger.noneText")} />
        )}
        {ledger.isSuccess && ledger.data.length > 0 && (
          <>
            <Verdict lines={ledger.data} />
            <table className={classes.table}>
              <thead>
                <tr>
                  <th>{t("settings.ledger.channel")}</th>
                  {(
                    [
                      "received",
                      "stored",
                      "shown",
                      "known",
                      "unneeded",
                      "recovered",
                      "waiting",
                      "parked",
                      "unparsed",
                      "lost",
                    ] as const
                  ).map((column) => (
                    <th key={column} data-number title={t(`settings.ledger.${column}Text`)}>
                      {t(`settings.ledger.${column}`)}
                    </th>
                  ))}
                  <th>{t("settings.ledger.last")}</th>
                </tr>
              </thead>
              <tbody>
                {ledger.data.map((line) => (
                  <tr key={line.channel_id}>
                    <td>
                      <ChannelIcon channelId={line.channel_id} size={15} /> {channels.get(line.channel_id)?.name}
                    </td>
                    {(
                      [
                        line.received,
                        line.stored,
                        line.shown,
                        line.known,
                        line.unneeded,
                        line.recovered,
                        line.waiting,
                        line.parked,
                      ] as const
                    ).map((value, index) => (
                      // oxlint-disable-next-line react/no-array-index-key -- the columns have a fixed order
                      <td key={index} data-number>
                        {number(value)}
                      </td>
                    ))}
                    <td data-number>
                      {line.unparsed === 0 ? (
                        0
                      ) : (
                        <Link className={classes.bad} to="/settings/$section" params={{ section: "events" }}>
                          {number(line.unparsed)}
                        </Link>
                      )}
                    </td>
                    <td data-number className={lost(line) > 0 ? classes.bad : undefined}>
                      {number(lost(line))}
                    </td>
                    <td>{line.last_received_at === null ? "—" : <When at={line.last_received_at} as="ago" />}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <h3 className={classes.section}>{t("settings.ledger.words")}</h3>
            <dl className={classes.facts}>
              {(
                [
                  "received",
                  "stored",
                  "shown",
                  "known",
                  "unneeded",
                  "recovered",
                  "waiting",
                  "parked",
                  "unparsed",
                  "lost",
                ] as const
              ).map((column) => (
                <div key={column} style={{ display: "contents" }}>
                  <dt>{t(`settings.ledger.${column}`)}</dt>
                  <dd>{t(`settings.ledger.${column}Text`)}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </div>
    </>
  );
}

/** The figure in words, before the table. */
function Verdict({ lines }: { lines: readonly LedgerLine[] }) {
  const { t } = useTranslation();
  const gone = lines.reduce((sum, line) => sum + lost(line), 0);
  const unread = lines.reduce((sum, line) => sum + line.unparsed, 0);
  if (gone > 0)
    return (
      <div className={classes.notice} data-tone="bad">
        <p>{t("settings.ledger.lostSome", { count: gone })}</p>
      </div>
    );
  if (unread > 0)
    return (
      <div className={classes.notice} data-tone="bad">
        <p>{t("settings.ledger.unreadSome", { count: unread })}</p>
      </div>
    );
  return (
    <div className={classes.notice} data-tone="good">
      <p>{t("settings.ledger.allGood")}</p>
    </div>
  );
}
