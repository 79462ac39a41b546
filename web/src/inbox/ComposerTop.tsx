/** Above the field: a reply or a note, and which way the reply goes. */
import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconMessageForward, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useChannel } from "../api/hooks";
import type { ConversationDetail } from "../api/types";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { IconButton } from "../ui/IconButton";
import classes from "./composer.module.css";
import { useComposer, type Writing } from "./composerStore";

interface ComposerTopProps {
  detail: ConversationDetail;
  writing: Writing;
  setNote: (note: boolean) => void;
  /** Nothing can be sent: who gets a copy does not matter. */
  shut: boolean;
}

export function ComposerTop({ detail, writing, setNote, shut }: ComposerTopProps) {
  const { t } = useTranslation();
  const { row, capabilities } = detail;
  const change = useComposer((state) => state.change);
  const [withCc, setWithCc] = useState(false);
  const sending = !writing.note && !shut;
  return (
    <>
      <div className={classes.top}>
        <SegmentedControl
          size="xs"
          aria-label={t("composer.kind")}
          value={writing.note ? "note" : "reply"}
          onChange={(value) => setNote(value === "note")}
          data={[
            { value: "reply", label: t("composer.reply") },
            { value: "note", label: t("composer.note") },
          ]}
        />
        <Route detail={detail} note={writing.note} />
        {capabilities.subject && sending && !withCc && writing.cc === "" && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setWithCc(true)}>
            {t("composer.cc")}
          </Button>
        )}
      </div>
      {writing.replyTo !== null && sending && (
        <div className={classes.replyTo}>
          <IconMessageForward size={15} aria-hidden />
          <span>
            <strong>{writing.replyTo.author_name}</strong> {writing.replyTo.preview}
          </span>
          <IconButton size={24} label={t("composer.noQuote")} onClick={() => change(row.id, { replyTo: null })}>
            <IconX size={14} />
          </IconButton>
        </div>
      )}
      {(withCc || writing.cc !== "") && sending && (
        <TextInput
          className={classes.cc}
          aria-label={t("composer.ccField")}
          placeholder={t("composer.ccField")}
          value={writing.cc}
          onChange={(event) => change(row.id, { cc: event.currentTarget.value })}
        />
      )}
    </>
  );
}

/** Which channel and address the answer goes through, and to whom. */
function Route({ detail, note }: { detail: ConversationDetail; note: boolean }) {
  const { t } = useTranslation();
  const { channel } = useChannel(detail.row.channel_id);
  if (note) return <span className={classes.route}>{t("composer.onlyTeam")}</span>;
  const to = detail.row.address || detail.row.contact_name;
  return (
    <span className={classes.route} title={`${channel?.address ?? ""} → ${to}`}>
      <ChannelIcon channelId={detail.row.channel_id} size={14} />{" "}
      {t("composer.route", { channel: channel?.name ?? "", to })}
    </span>
  );
}
