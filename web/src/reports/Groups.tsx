/** The same figures told apart: by channel, team, agent, tag or source. Each number opens what is behind it. */
import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useChannels, usePeople, useTeams } from "../api/hooks";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Face } from "../ui/Face";
import { Broken } from "../ui/States";
import { WaitClock } from "../ui/WaitClock";
import type { Asked } from "./asked";
import { channelColour } from "./colours";
import { main, NONE, shown } from "./numbers";
import { breakdownQuery, type Figure, type Group, preferredQuery, type Value } from "./queries";
import { NO_TEAM } from "./query";
import classes from "./reports.module.css";
import { useFigureWords } from "./words";

type By = "channel" | "team" | "agent" | "tag" | "source";
const COLUMNS = ["received", "sent", "first_response", "reply", "attainment"] as const;
/** What comes in belongs to nobody; an agent's work is what they handled. */
const OF_AGENTS = ["handled", "sent", "first_response", "reply", "attainment"] as const;
/** Told where there are calls. */
const OF_CALLS = ["speed_of_answer", "abandon_rate"] as const;

interface GroupsProps {
  by: By;
  groups: readonly Group[];
  figures: ReadonlyMap<string, Figure>;
  asked: Asked;
}

export function Groups({ by, groups, figures, asked }: GroupsProps) {
  const { t } = useTranslation();
  const called = OF_CALLS.filter((key) => groups.some((group) => (valueOf(group, key)?.n ?? 0) > 0));
  const keys = by === "agent" ? OF_AGENTS : COLUMNS;
  const columns = [...keys, ...called].flatMap((key) => figures.get(key) ?? []);
  if (groups.length === 0) return null;
  const work = (group: Group) => valueOf(group, keys[0])?.n ?? 0;
  // What waits now is not told apart by tag or source.
  const told = groups.some((group) => group.open !== null);
  const largest = Math.max(1, ...groups.map(work));
  return (
    <section>
      <h2>{t(`reports.by.${by}`)}</h2>
      <div
        className={classes.scroll}
        role="region"
        aria-label={t(`reports.by.${by}`)}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t(`reports.one.${by}`)}</th>
              {columns.map((figure) => (
                <Head key={figure.key} figure={figure} />
              ))}
              {told && (
                <th scope="col" data-number>
                  {t("reports.waitingShort")}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.id ?? group.name}>
                <th scope="row">
                  <GroupName by={by} group={group} />
                  <span
                    className={classes.bar}
                    style={{ width: `${Math.round((work(group) / largest) * 100)}%` }}
                    aria-hidden
                  />
                </th>
                {columns.map((figure) => (
                  <Cell key={figure.key} by={by} group={group} figure={figure} asked={asked} />
                ))}
                {told && (
                  <td data-number>
                    <Waiting n={group.open} asked={narrow(asked, by, group)} />
                    {group.oldest !== null && (
                      <>
                        {" "}
                        <WaitClock since={group.oldest} />
                      </>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const valueOf = (group: Group, key: string): Value | undefined => group.values.find((value) => value.figure === key);

function Head({ figure }: { figure: Figure }) {
  const { name, formula } = useFigureWords(figure);
  return (
    <th scope="col" data-number title={formula}>
      {name}
    </th>
  );
}

function Cell({ by, group, figure, asked }: { by: By; group: Group; figure: Figure; asked: Asked }) {
  const { t, i18n } = useTranslation();
  const value = valueOf(group, figure.key);
  const number = main(value, figure.unit, i18n.language);
  const narrowed = narrow(asked, by, group);
  const opens = value !== undefined && value.n > 0 && narrowed !== null;
  return (
    <td data-number>
      {opens ? (
        <Link
          to="/reports/$page"
          params={{ page: "waits" }}
          search={{ ...narrowed, figure: figure.key }}
          title={t("reports.open")}
        >
          {number}
        </Link>
      ) : (
        number
      )}
      {figure.unit !== "number" && value !== undefined && value.n > 0 && (
        <small>
          {figure.unit === "seconds" &&
            `${t("reports.ninety", { value: shown(value.p90, "seconds", i18n.language) })} · `}
          n = {value.n.toLocaleString(i18n.language)}
        </small>
      )}
    </td>
  );
}

/** How many wait now; an agent's are those of their conversations. */
function Waiting({ n, asked }: { n: number | null; asked: Asked | null }) {
  const { t, i18n } = useTranslation();
  if (n === null || n === 0 || asked === null) return n === null ? NONE : n.toLocaleString(i18n.language);
  return (
    <Link
      to="/reports/$page"
      params={{ page: "waits" }}
      search={{ ...asked, figure: "waiting" }}
      title={t("reports.open")}
    >
      {n.toLocaleString(i18n.language)}
    </Link>
  );
}

/** The same report for one group alone; null for those without a channel or agent. */
function narrow(asked: Asked, by: By, group: Group): Asked | null {
  if (by === "tag" || by === "source") return group.name === "" ? null : { ...asked, [by]: group.name };
  if (by === "team") return { ...asked, team: [group.id ?? NO_TEAM] };
  return group.id === null ? null : { ...asked, [by]: [group.id] };
}

function GroupName({ by, group }: { by: By; group: Group }) {
  const { t } = useTranslation();
  const channels = useChannels();
  const people = usePeople();
  const team = useTeams().find((one) => one.id === group.id);
  if (by === "tag" || by === "source") return <span>{group.name === "" ? t("reports.without") : group.name}</span>;
  if (group.id === null)
    return <span className={classes.quiet}>{t(by === "team" ? "reports.noTeam" : "reports.without")}</span>;
  if (by === "channel")
    return (
      <span className={classes.named}>
        <span style={{ color: channelColour(group.id, channels.keys()) }}>
          <ChannelIcon channelId={group.id} size={15} />
        </span>
        {channels.get(group.id)?.name ?? t("reports.gone")}
      </span>
    );
  if (by === "team") return <span>{team?.name ?? t("reports.gone")}</span>;
  const name = people.get(group.id)?.name ?? t("reports.gone");
  return (
    <span className={classes.named}>
      <Face name={name} seed={group.id} size={20} /> {name}
    </span>
  );
}

/** What is asked for less often: by tag, by source, and on which channel customers like to write. */
export function MoreGroups({ asked, figures }: { asked: Asked; figures: ReadonlyMap<string, Figure> }) {
  const { t } = useTranslation();
  const [by, setBy] = useState<"none" | "tag" | "source" | "preferred">("none");
  return (
    <section className={classes.more}>
      <SegmentedControl
        size="xs"
        aria-label={t("reports.more")}
        value={by}
        onChange={(value) => setBy(value as typeof by)}
        data={[
          { value: "none", label: t("reports.moreNone") },
          { value: "tag", label: t("reports.by.tag") },
          { value: "source", label: t("reports.by.source") },
          { value: "preferred", label: t("reports.preferred") },
        ]}
      />
      {(by === "tag" || by === "source") && <Further by={by} asked={asked} figures={figures} />}
      {by === "preferred" && <Preferred asked={asked} />}
    </section>
  );
}

function Further({ by, asked, figures }: Omit<GroupsProps, "groups" | "by"> & { by: "tag" | "source" }) {
  const { t } = useTranslation();
  const found = useQuery(breakdownQuery(asked, by));
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (found.data?.length === 0) return <p className={classes.quiet}>{t("reports.noGroups")}</p>;
  return <Groups by={by} groups={found.data ?? []} figures={figures} asked={asked} />;
}

function Preferred({ asked }: { asked: Asked }) {
  const { t, i18n } = useTranslation();
  const channels = useChannels();
  const found = useQuery(preferredQuery(asked));
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (found.data?.length === 0) return <p className={classes.quiet}>{t("reports.noGroups")}</p>;
  return (
    <table className={classes.table}>
      <caption>{t("reports.preferredText")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("reports.one.channel")}</th>
          <th scope="col" data-number>
            {t("reports.customers")}
          </th>
          <th scope="col" data-number>
            {t("reports.prefer")}
          </th>
          <th scope="col" data-number>
            {t("reports.answer")}
          </th>
        </tr>
      </thead>
      <tbody>
        {(found.data ?? []).map((use) => (
          <tr key={use.channel_id}>
            <th scope="row">
              <span className={classes.named}>
                <ChannelIcon channelId={use.channel_id} size={15} /> {channels.get(use.channel_id)?.name}
              </span>
            </th>
            {[use.customers, use.prefer, use.answer].map((value, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- the columns have a fixed order
              <td key={index} data-number>
                {value.toLocaleString(i18n.language)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
