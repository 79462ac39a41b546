/** How satisfied customers were: the figures in words, how the scores spread, by channel, team and agent, each rating. */
import { Button, Select } from "@mantine/core";
import { IconDownload, IconMoodSmile } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useChannels, usePeople, useTeams } from "../api/hooks";
import { useTranslation } from "../i18n";
import type { Asked } from "../reports/asked";
import { NONE, shown } from "../reports/numbers";
import reports from "../reports/reports.module.css";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { When } from "../ui/When";
import {
  aboutRatings,
  type Group,
  type Rating,
  ratingsQuery,
  type Satisfaction as Figures,
  satisfactionQuery,
} from "./queries";
import { Score } from "./Score";
import classes from "./survey.module.css";

export default function Satisfaction({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const found = useQuery(satisfactionQuery(asked));
  if (found.isPending) return <RowSkeletons rows={6} />;
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  const { whole, channels, teams, agents } = found.data;
  if (whole.asked === 0)
    return (
      <Empty
        icon={<IconMoodSmile size={28} stroke={1.4} />}
        title={t("survey.report.none")}
        text={t("survey.report.noneText")}
      />
    );
  return (
    <div className={classes.report}>
      {(asked.tag !== undefined || asked.source !== undefined) && (
        <p className={reports.note}>{t("survey.report.notCut")}</p>
      )}
      <Whole whole={whole} />
      <Spread whole={whole} />
      <Table by="channel" groups={channels} />
      <Table by="team" groups={teams} />
      <Table by="agent" groups={agents} />
      <Ratings asked={asked} />
    </div>
  );
}

function Whole({ whole }: { whole: Figures }) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  const tiles = [
    { key: "satisfied", number: shown(whole.satisfied, "share", locale), n: whole.answered },
    { key: "average", number: averageOf(whole, locale), n: ofFive(whole) },
    { key: "rate", number: shown(whole.response_rate, "share", locale), n: whole.asked },
    { key: "asked", number: whole.asked.toLocaleString(locale), n: null },
  ] as const;
  return (
    <div className={reports.tiles}>
      {tiles.map((tile) => (
        <div key={tile.key} className={reports.tile} data-figure={tile.key}>
          <span className={reports.tileName}>{t(`survey.report.${tile.key}`)}</span>
          <span className={reports.tileNumber}>{tile.number}</span>
          <span className={reports.tileMore}>
            {t(`survey.report.${tile.key}Text`)}
            {tile.n !== null && <span className={reports.n}> n = {tile.n.toLocaleString(locale)}</span>}
          </span>
        </div>
      ))}
    </div>
  );
}

const ofFive = (figures: Figures) => Object.values(figures.scores).reduce((sum, count) => sum + count, 0);
const averageOf = (figures: Figures, locale: string) =>
  figures.average === null ? NONE : figures.average.toLocaleString(locale, { maximumFractionDigits: 2 });

/** How often each answer was given: in words and as bars. */
function Spread({ whole }: { whole: Figures }) {
  const { t, i18n } = useTranslation();
  const five = [5, 4, 3, 2, 1].map((score) => ({
    key: `${score}`,
    scale: "five",
    score,
    count: whole.scores[score] ?? 0,
  }));
  const thumbs = [
    { key: "up", scale: "thumbs", score: 5, count: whole.thumbs.up ?? 0 },
    { key: "down", scale: "thumbs", score: 1, count: whole.thumbs.down ?? 0 },
  ];
  const rows = [...(ofFive(whole) > 0 ? five : []), ...(thumbs.some((one) => one.count > 0) ? thumbs : [])];
  if (rows.length === 0) return null;
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <section>
      <h2>{t("survey.report.spread")}</h2>
      <dl className={classes.spread}>
        {rows.map((row) => (
          <div key={row.key}>
            <dt>
              <Score scale={row.scale} score={row.score} />
            </dt>
            <dd>
              {row.count > 0 && (
                <span
                  className={classes.bar}
                  style={{ width: `${Math.round((row.count / most) * 100)}%` }}
                  aria-hidden
                />
              )}
              <span>
                {row.count.toLocaleString(i18n.language)}{" "}
                <small>{shown(row.count / whole.answered, "share", i18n.language)}</small>
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Table({ by, groups }: { by: "channel" | "team" | "agent"; groups: readonly Group[] }) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  if (groups.length === 0) return null;
  return (
    <section>
      <h2>{t(`reports.by.${by}`)}</h2>
      <div
        className={reports.scroll}
        role="region"
        aria-label={t(`reports.by.${by}`)}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        <table className={reports.table}>
          <thead>
            <tr>
              <th scope="col">{t(`reports.one.${by}`)}</th>
              {(["satisfied", "average", "rate", "asked"] as const).map((key) => (
                <th key={key} scope="col" data-number title={t(`survey.report.${key}Text`)}>
                  {t(`survey.report.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map(({ id, figures }) => (
              <tr key={id ?? "none"}>
                <th scope="row">
                  <Name by={by} id={id} />
                </th>
                <td data-number>
                  {shown(figures.satisfied, "share", locale)}{" "}
                  <small>n = {figures.answered.toLocaleString(locale)}</small>
                </td>
                <td data-number>{averageOf(figures, locale)}</td>
                <td data-number>{shown(figures.response_rate, "share", locale)}</td>
                <td data-number>{figures.asked.toLocaleString(locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Name({ by, id }: { by: "channel" | "team" | "agent"; id: string | null }) {
  const { t } = useTranslation();
  const channels = useChannels();
  const people = usePeople();
  const teams = useTeams();
  if (id === null) return <span className={reports.quiet}>{t("reports.without")}</span>;
  if (by === "channel")
    return (
      <span className={reports.named}>
        <ChannelIcon channelId={id} size={15} /> {channels.get(id)?.name ?? t("reports.gone")}
      </span>
    );
  const name = by === "agent" ? people.get(id)?.name : teams.find((team) => team.id === id)?.name;
  return <span>{name ?? t("reports.gone")}</span>;
}

function Ratings({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const [which, setWhich] = useState("answered");
  const score = /^[1-5]$/.test(which) ? Number(which) : null;
  const list = useInfiniteQuery(ratingsQuery(asked, score, which !== "all"));
  const ratings = list.data?.pages.flatMap((page) => page.items) ?? [];
  const options = [
    { value: "answered", label: t("survey.report.answered") },
    { value: "all", label: t("survey.report.all") },
    ...[1, 2, 3, 4, 5].map((one) => ({ value: `${one}`, label: t("survey.ofFive", { score: one }) })),
  ];
  return (
    <section>
      <div className={classes.listHead}>
        <h2>{t("survey.ratings")}</h2>
        <Select
          aria-label={t("survey.report.which")}
          size="xs"
          allowDeselect={false}
          value={which}
          onChange={(value) => setWhich(value ?? "answered")}
          data={options}
        />
        <Button
          component="a"
          href={`/api/v1/reports/ratings.csv?${fileQuery(asked)}`}
          download
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} />}
        >
          CSV
        </Button>
      </div>
      {list.isPending && <RowSkeletons rows={3} />}
      {list.isError && <Broken error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && ratings.length === 0 && <p className={reports.quiet}>{t("survey.report.noRatings")}</p>}
      <ol className={classes.ratings}>
        {ratings.map((rating) => (
          <Row key={rating.id} rating={rating} />
        ))}
      </ol>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("common.more")}
        </Button>
      )}
    </section>
  );
}

function fileQuery(asked: Asked): string {
  const pairs = Object.entries(aboutRatings(asked)).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [key, String(one)]),
  );
  return new URLSearchParams(pairs).toString();
}

function Row({ rating }: { rating: Rating }) {
  const { t } = useTranslation();
  const people = usePeople();
  const agent = rating.agent_id === null ? undefined : people.get(rating.agent_id)?.name;
  return (
    <li>
      <Link to="/inbox/$conversationId" params={{ conversationId: rating.conversation_id }}>
        {rating.score === null ? (
          <span className={reports.quiet}>{t("survey.report.silent")}</span>
        ) : (
          <Score scale={rating.scale} score={rating.score} />
        )}
        <ChannelIcon channelId={rating.channel_id} size={15} />
        <strong>{rating.contact_name}</strong>
        <small>
          {agent !== undefined && `${agent} · `}
          <When at={rating.rated_at ?? rating.asked_at} />
        </small>
      </Link>
      {rating.comment !== "" && <q>{rating.comment}</q>}
    </li>
  );
}
