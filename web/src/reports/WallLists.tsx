/** What numbers of the wall count, in a window above it: the calls in queue, and the agents of one state. */
import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useChannels, useMay } from "../api/hooks";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Broken, RowSkeletons } from "../ui/States";
import { WaitClock } from "../ui/WaitClock";
import { When } from "../ui/When";
import { NONE } from "./numbers";
import { queuedCallsQuery, type Wallboard } from "./queries";
import classes from "./wallboard.module.css";

type Agent = Wallboard["agents"][number];

/** All that is theirs and not resolved, as the wall counts it. */
const THEIRS: ("open" | "pending" | "snoozed")[] = ["open", "pending", "snoozed"];

export function AgentsIn({ state, agents, close }: { state: string; agents: readonly Agent[]; close: () => void }) {
  const { t, i18n } = useTranslation();
  const mayReports = useMay("reports_read");
  return (
    <Window title={state} n={agents.length} close={close}>
      <table className={classes.listed}>
        <thead>
          <tr>
            <th scope="col">{t("reports.one.agent")}</th>
            <th scope="col">{t("reports.wall.since")}</th>
            <th scope="col" data-number>
              {t("reports.wall.conversations")}
            </th>
            <th scope="col" data-number>
              {t("reports.waitingShort")}
            </th>
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <tr key={agent.user_id}>
              <th scope="row">
                {agent.conversation_id === null ? (
                  agent.name
                ) : (
                  <Link to="/inbox/$conversationId" params={{ conversationId: agent.conversation_id }}>
                    {agent.name}
                  </Link>
                )}
                {agent.reason !== "" && <small>{agent.reason}</small>}
              </th>
              <td>{agent.since === null ? NONE : <When at={agent.since} />}</td>
              <td data-number>
                {agent.open === 0 ? (
                  0
                ) : (
                  <Link to="/inbox" search={{ assignee: [agent.user_id], state: THEIRS }}>
                    {agent.open.toLocaleString(i18n.language)}
                  </Link>
                )}
              </td>
              <td data-number>
                {agent.waiting === 0 || !mayReports ? (
                  agent.waiting.toLocaleString(i18n.language)
                ) : (
                  <Link
                    to="/reports/$page"
                    params={{ page: "waits" }}
                    search={{ figure: "waiting", agent: [agent.user_id] }}
                  >
                    {agent.waiting.toLocaleString(i18n.language)}
                  </Link>
                )}{" "}
                {agent.oldest !== null && <WaitClock since={agent.oldest} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Window>
  );
}

export function QueuedCalls({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const channels = useChannels();
  const found = useQuery(queuedCallsQuery);
  return (
    <Window title={t("reports.wall.callsTitle")} n={found.data?.length ?? null} close={close}>
      {found.isPending && <RowSkeletons rows={3} />}
      {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
      {found.data?.length === 0 && <p>{t("reports.wall.noCalls")}</p>}
      <table className={classes.listed}>
        <tbody>
          {(found.data ?? []).map((call) => (
            <tr key={call.id}>
              <th scope="row">
                <Link to="/inbox/$conversationId" params={{ conversationId: call.conversation_id }}>
                  {call.withheld ? t("reports.unnamed") : call.contact_name}
                </Link>
              </th>
              <td>
                <ChannelIcon channelId={call.channel_id} size={15} /> {channels.get(call.channel_id)?.name}
              </td>
              <td data-number>{call.queue_at !== null && <WaitClock since={call.queue_at} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Window>
  );
}

interface WindowProps {
  title: string;
  /** How many are listed; null while that is not known. */
  n: number | null;
  close: () => void;
  children: ReactNode;
}

function Window({ title, n, close, children }: WindowProps) {
  const { t, i18n } = useTranslation();
  return (
    <Modal
      opened
      onClose={close}
      title={n === null ? title : `${title}: ${n.toLocaleString(i18n.language)}`}
      size="lg"
      // What lies outside the wall is not seen while it fills the screen.
      withinPortal={false}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {children}
    </Modal>
  );
}
