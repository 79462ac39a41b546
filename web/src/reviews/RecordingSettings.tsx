/** Recordings: what each line keeps and for how long, who hears it, the log of plays, and the proof of deletions. */
import { Button, Modal, SegmentedControl } from "@mantine/core";
import { IconMicrophone, IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChannels, useMay } from "../api/hooks";
import type { Channel } from "../api/types";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { Deletions } from "./Deletions";
import { Plays } from "./Plays";
import { type RecordingRules, rulesQuery } from "./queries";
import { RulesForm } from "./RulesForm";
import classes from "./reviews.module.css";

const TABS = ["rules", "log", "deletions"] as const;

export default function RecordingSettings() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<(typeof TABS)[number]>("rules");
  return (
    <>
      <PageHead title={t("settings.recordings.title")} text={t("reviews.kept.text")} />
      <div className={settings.content}>
        <SegmentedControl
          aria-label={t("settings.recordings.title")}
          value={tab}
          onChange={(value) => setTab(TABS.find((one) => one === value) ?? "rules")}
          data={TABS.map((one) => ({ value: one as string, label: t(`reviews.kept.tabs.${one}`) }))}
        />
        {tab === "rules" && <Lines />}
        {tab === "log" && <Plays />}
        {tab === "deletions" && <Deletions />}
      </div>
    </>
  );
}

function Lines() {
  const { t } = useTranslation();
  const found = useQuery(rulesQuery);
  const mayManage = useMay("recordings_manage");
  const lines = [...useChannels().values()].filter(({ capabilities }) => capabilities.calls !== null);
  const [editing, setEditing] = useState<Channel | null>(null);
  if (found.isPending) return <RowSkeletons rows={3} />;
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  const { items, defaults, transcribes } = found.data;
  const of = (channel: Channel): RecordingRules =>
    items.find(({ channel_id }) => channel_id === channel.id) ?? { ...defaults, channel_id: channel.id };
  return (
    <>
      <p className={classes.quiet}>{t(transcribes ? "reviews.kept.engine" : "reviews.kept.noEngine")}</p>
      {lines.length === 0 && (
        <Empty
          icon={<IconMicrophone size={28} stroke={1.4} />}
          title={t("reviews.kept.noLines")}
          text={t("reviews.kept.noLinesText")}
        />
      )}
      <ul className={classes.threads}>
        {lines.map((channel) => (
          <li key={channel.id} className={classes.writeBar}>
            <span>
              <strong>{channel.name}</strong>
              <br />
              <Summary rules={of(channel)} />
            </span>
            {mayManage && (
              <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setEditing(channel)}>
                {t("reviews.edit")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {editing !== null && (
        <Modal opened size="lg" onClose={() => setEditing(null)} title={editing.name}>
          <RulesForm rules={of(editing)} transcribes={transcribes} close={() => setEditing(null)} />
        </Modal>
      )}
    </>
  );
}

/** The rules of a line in a sentence. */
function Summary({ rules }: { rules: RecordingRules }) {
  const { t } = useTranslation();
  const says = [
    rules.hold ? t("reviews.held", { reason: rules.hold_reason }) : "",
    rules.keep_days === null ? t("reviews.kept.forEver") : t("reviews.kept.days", { count: rules.keep_days }),
    t(`reviews.kept.agents.${rules.agents_hear}`),
    rules.ask_reason ? t("reviews.kept.asksReason") : "",
    rules.redact ? t("reviews.kept.redacts") : "",
  ];
  return <span className={classes.quiet}>{says.filter((one) => one !== "").join(" · ")}</span>;
}
