/** One conversation in the list: who, their last words, how long they have waited, who has it. */
import {
  IconAlertCircleFilled,
  IconArrowBackUp,
  IconChevronsUp,
  IconChevronUp,
  IconClock,
  IconRobot,
} from "@tabler/icons-react";
import { memo } from "react";
import { usePeople } from "../api/hooks";
import type { ConversationRow } from "../api/types";
import { useTranslation } from "../i18n";
import { useLiveState } from "../shell/live";
import { useLive } from "../ui/clock";
import { DueMark } from "../ui/DueMark";
import { Face, initials } from "../ui/Face";
import { WaitClock } from "../ui/WaitClock";
import { When } from "../ui/When";
import classes from "./row.module.css";

interface RowProps {
  row: ConversationRow;
  selected: boolean;
  open: (id: string) => void;
}

export const Row = memo(function Row({ row, selected, open }: RowProps) {
  const { t } = useTranslation();
  const assignee = usePeople().get(row.assignee_id ?? "");
  const until = useLiveState(
    (state) => state.typing.find((item) => item.conversation_id === row.id && item.who === "contact")?.until ?? "",
  );
  const typing = useLive((now) => until !== "" && Date.parse(until) > now);
  const name = row.contact_name || row.address;
  return (
    <button
      type="button"
      className={classes.row}
      data-selected={selected || undefined}
      data-unread={row.unread === true || undefined}
      aria-current={selected ? "true" : undefined}
      onClick={() => open(row.id)}
    >
      <Face name={name} seed={row.contact_id} channelId={row.channel_id} portrait={row.portrait_id} />
      <span className={classes.body}>
        <span className={classes.top}>
          {row.unread === true && <span className={classes.dot} role="img" aria-label={t("list.unread")} />}
          <span className={classes.name}>{name}</span>
          {row.priority === "urgent" && (
            <IconChevronsUp size={15} className={classes.urgent} aria-label={t("priority.urgent")} />
          )}
          {row.priority === "high" && (
            <IconChevronUp size={15} className={classes.high} aria-label={t("priority.high")} />
          )}
          <DueMark row={row} />
          {row.waiting_since === null ? (
            <When at={row.last_at} className={classes.time ?? ""} />
          ) : (
            <WaitClock since={row.waiting_since} />
          )}
        </span>
        {row.subject !== "" && <span className={classes.subject}>{row.subject}</span>}
        <span className={classes.bottom}>
          <span className={classes.preview}>
            {typing ? (
              <em className={classes.typing}>{t("thread.typing")}</em>
            ) : (
              <>
                {row.speaker === "bot" ? (
                  <IconRobot size={14} className={classes.bot} aria-label={t("list.botSpeaks")} />
                ) : (
                  <LastAuthor kind={row.last_author} />
                )}
                {row.last_preview || t("list.noText")}
              </>
            )}
          </span>
          {row.state === "snoozed" && <IconClock size={14} className={classes.quiet} aria-label={t("state.snoozed")} />}
          {row.state === "pending" && <span className={classes.tag}>{t("state.pending")}</span>}
          {row.failed && <IconAlertCircleFilled size={15} className={classes.failed} aria-label={t("list.failed")} />}
          {row.subject === "" && row.tags[0] !== undefined && (
            <span className={classes.tag}>
              {row.tags.length > 1 ? `${row.tags[0]} +${row.tags.length - 1}` : row.tags[0]}
            </span>
          )}
          {assignee !== undefined && (
            <span className={classes.assignee} title={t("list.assignedTo", { name: assignee.name })}>
              {initials(assignee.name)}
            </span>
          )}
        </span>
      </span>
    </button>
  );
});

function LastAuthor({ kind }: { kind: string }) {
  const { t } = useTranslation();
  if (kind === "agent" || kind === "campaign")
    return <IconArrowBackUp size={14} className={classes.quiet} aria-label={t("list.weSpoke")} />;
  if (kind === "bot" || kind === "auto")
    return <IconRobot size={14} className={classes.quiet} aria-label={t("list.botSpoke")} />;
  return null;
}
