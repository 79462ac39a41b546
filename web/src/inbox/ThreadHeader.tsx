/** Above the thread: who it is, and what can be done with the conversation as a whole. */
import { Button } from "@mantine/core";
import { IconArrowLeft, IconCheck, IconDots, IconLayoutSidebarRight, IconRotate2 } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useChannel, useMay, useSession } from "../api/hooks";
import type { ConversationDetail } from "../api/types";
import { useTranslation, withTexts } from "../i18n";
import { useLiveState } from "../shell/live";
import { useShortcut } from "../shell/shortcuts";
import { ChannelIcon } from "../ui/ChannelIcon";
import { DueMark } from "../ui/DueMark";
import { Face } from "../ui/Face";
import { IconButton } from "../ui/IconButton";
import { WaitClock } from "../ui/WaitClock";
import { useChangeConversation } from "./changeConversation";
import { Properties } from "./Properties";
import { SnoozeMenu } from "./SnoozeMenu";
import classes from "./thread.module.css";

const MoreMenu = lazy(withTexts(["macros"], () => import("./MoreMenu")));

interface ThreadHeaderProps {
  detail: ConversationDetail;
  phone: boolean;
  back: () => void;
  panelOpen: boolean;
  togglePanel: () => void;
}

export function ThreadHeader({ detail, phone, back, panelOpen, togglePanel }: ThreadHeaderProps) {
  const { t } = useTranslation();
  const { row } = detail;
  const me = useSession().user;
  const { channel } = useChannel(row.channel_id);
  const mayWrite = useMay("conversations_write");
  const { mutate } = useChangeConversation(row);
  const resolved = row.state === "resolved";
  const toggleResolved = () => mutate({ state: resolved ? "open" : "resolved" });
  useShortcut("resolve", toggleResolved, mayWrite);
  useShortcut("assignMe", () => mutate({ assignee_id: row.assignee_id === me.id ? null : me.id }), mayWrite);
  const name = row.contact_name || row.address;
  const ResolveIcon = resolved ? IconRotate2 : IconCheck;
  const Heading = phone ? "h1" : "h2";
  return (
    <>
      <header className={classes.head}>
        {phone && (
          <IconButton label={t("common.back")} onClick={back}>
            <IconArrowLeft size={20} stroke={1.6} />
          </IconButton>
        )}
        <div className={classes.title}>
          <Heading title={name}>{row.subject === "" ? name : row.subject}</Heading>
          <p className={classes.sub} style={{ margin: 0 }}>
            <ChannelIcon channelId={row.channel_id} size={14} />
            <span>{row.subject === "" ? channel?.name : `${name} · ${channel?.name ?? ""}`}</span>
            {row.waiting_since !== null && <WaitClock since={row.waiting_since} />}
            <DueMark row={row} words={!phone} />
            {row.demo && <small className={classes.demo}>{t("thread.demo")}</small>}
          </p>
        </div>
        <Viewers conversationId={row.id} />
        {mayWrite && !resolved && <SnoozeMenu row={row} compact={phone} />}
        {mayWrite && (
          <Button
            variant={resolved ? "default" : "light"}
            leftSection={phone ? undefined : <ResolveIcon size={16} />}
            onClick={toggleResolved}
            px={phone ? 8 : 12}
            aria-label={resolved ? t("thread.reopen") : t("thread.resolve")}
          >
            {phone ? <ResolveIcon size={18} /> : resolved ? t("thread.reopen") : t("thread.resolve")}
          </Button>
        )}
        {mayWrite && !resolved && (
          <Suspense
            fallback={
              <IconButton label={t("thread.more")}>
                <IconDots size={18} stroke={1.6} />
              </IconButton>
            }
          >
            <MoreMenu row={row} />
          </Suspense>
        )}
        <IconButton
          label={panelOpen ? t("thread.hidePanel") : t("thread.showPanel")}
          aria-pressed={panelOpen}
          onClick={togglePanel}
        >
          <IconLayoutSidebarRight size={18} stroke={1.6} />
        </IconButton>
      </header>
      <Properties row={row} disabled={!mayWrite} />
      <Collision conversationId={row.id} />
    </>
  );
}

function useOthers(conversationId: string) {
  const me = useSession().user.id;
  const viewers = useLiveState((state) => state.viewers[conversationId]);
  return (viewers ?? []).filter((viewer) => viewer.id !== me);
}

/** Colleagues who have the same conversation open. */
function Viewers({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const others = useOthers(conversationId);
  if (others.length === 0) return null;
  const names = others.map((viewer) => viewer.name).join(", ");
  return (
    <span
      className={classes.viewers}
      role="img"
      aria-label={t("thread.viewers", { names })}
      title={t("thread.viewers", { names })}
    >
      {others.slice(0, 3).map((viewer) => (
        <Face key={viewer.id} name={viewer.name} seed={viewer.id} size={24} />
      ))}
    </span>
  );
}

/** Somebody is already answering. */
function Collision({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const names = useOthers(conversationId)
    .filter((viewer) => viewer.replying)
    .map((viewer) => viewer.name)
    .join(", ");
  return (
    <div aria-live="polite" role="status">
      {names !== "" && <div className={classes.collision}>{t("thread.replying", { names })}</div>}
    </div>
  );
}
