/** The lists a person can choose from: views, teams and channels, with counts. */
import { UnstyledButton } from "@mantine/core";
import {
  IconCheck,
  IconClock,
  IconInbox,
  IconLayoutSidebarLeftCollapse,
  IconUser,
  IconUserQuestion,
  IconUsers,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useChannels, useTeams } from "../api/hooks";
import { DEFAULT_FILTER, type InboxFilter } from "../api/filter";
import { countsQuery } from "../api/queries";
import { useTranslation } from "../i18n";
import { usePrefs } from "../shell/prefs";
import { ChannelIcon } from "../ui/ChannelIcon";
import { IconButton } from "../ui/IconButton";
import classes from "./inbox.module.css";
import { useInbox } from "./useInbox";

const icon = { size: 17, stroke: 1.6 };

export function Views() {
  const { t } = useTranslation();
  const { filter, setFilter } = useInbox();
  const counts = useQuery(countsQuery).data;
  const channels = useChannels();
  const teams = useTeams();
  const prefs = usePrefs();
  const choose = (change: Partial<InboxFilter>) => setFilter({ ...DEFAULT_FILTER, ...change });
  const isState = (...states: string[]) => filter.state.join() === states.join();
  const plain = filter.channel.length === 0 && filter.team.length === 0 && isState("open", "pending");
  return (
    <nav className={classes.views} aria-label={t("views.title")}>
      <div className={classes.viewsHead}>
        <h1>{t("shell.inbox")}</h1>
        <IconButton label={t("views.fold")} size={28} onClick={() => prefs.set({ viewsOpen: false })}>
          <IconLayoutSidebarLeftCollapse {...icon} />
        </IconButton>
      </div>
      <View
        icon={<IconUser {...icon} />}
        label={t("views.mine")}
        count={counts?.mine}
        active={plain && filter.view === "mine"}
        choose={() => choose({ view: "mine" })}
      />
      <View
        icon={<IconUserQuestion {...icon} />}
        label={t("views.unassigned")}
        count={counts?.unassigned}
        active={plain && filter.view === "unassigned"}
        choose={() => choose({ view: "unassigned" })}
      />
      <View
        icon={<IconInbox {...icon} />}
        label={t("views.all")}
        count={counts?.all}
        active={plain && filter.view === "all"}
        choose={() => choose({})}
      />
      <View
        icon={<IconClock {...icon} />}
        label={t("views.snoozed")}
        count={counts?.snoozed}
        active={isState("snoozed")}
        choose={() => choose({ state: ["snoozed"], sort: "newest" })}
      />
      <View
        icon={<IconCheck {...icon} />}
        label={t("views.resolved")}
        active={isState("resolved")}
        choose={() => choose({ state: ["resolved"], sort: "newest" })}
      />
      {teams.length > 0 && <h2>{t("views.teams")}</h2>}
      {teams.map((team) => (
        <View
          key={team.id}
          icon={<IconUsers {...icon} />}
          label={team.name}
          active={filter.team.includes(team.id)}
          choose={() => choose({ team: [team.id] })}
        />
      ))}
      {channels.size > 0 && <h2>{t("views.channels")}</h2>}
      {[...channels.values()].map((channel) => {
        const down =
          channel.enabled && channel.connection.state !== "connected" && channel.connection.state !== "connecting";
        return (
          <View
            key={channel.id}
            icon={<ChannelIcon channelId={channel.id} size={17} />}
            label={channel.name}
            warning={down ? t(`connection.state.${channel.connection.state}`) : undefined}
            active={filter.channel.includes(channel.id)}
            choose={() => choose({ channel: [channel.id] })}
          />
        );
      })}
    </nav>
  );
}

interface ViewProps {
  icon: ReactNode;
  label: string;
  count?: number | undefined;
  warning?: string | undefined;
  active: boolean;
  choose: () => void;
}

function View({ icon: drawing, label, count, warning, active, choose }: ViewProps) {
  return (
    <UnstyledButton
      className={classes.view}
      data-active={active || undefined}
      aria-current={active ? "page" : undefined}
      onClick={choose}
      title={label}
    >
      <span className={classes.viewIcon}>{drawing}</span>
      <span className={classes.viewName}>{label}</span>
      {warning !== undefined && (
        <span className={classes.viewWarning} role="img" aria-label={warning} title={warning} />
      )}
      {count !== undefined && count > 0 && <span className={classes.viewCount}>{count}</span>}
    </UnstyledButton>
  );
}
