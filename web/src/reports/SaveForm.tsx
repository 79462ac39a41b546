/** Keeping a report under a name, and by mail on a schedule if they want; also to change what was kept. */
import { Button, Checkbox, Modal, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { IconBookmark } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useMay } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import type { Asked } from "./asked";
import { toSave, zoneHere } from "./query";
import { type Saved, savedQuery } from "./queries";
import classes from "./reports.module.css";

const SCHEDULES = ["never", "daily", "weekly", "monthly"] as const;

export function SaveReport({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconBookmark size={16} stroke={1.6} />} onClick={() => setOpen(true)}>
        {t("reports.save")}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={t("reports.saveTitle")}>
        {open && <SaveForm asked={asked} done={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

interface FormProps {
  /** Of a new report: what it is about. */
  asked?: Asked;
  /** The one to change. */
  report?: Saved;
  done: () => void;
}

export function SaveForm({ asked, report, done }: FormProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayShare = useMay("reports_write");
  const mail = [...useChannels().values()].filter((channel) => channel.enabled && channel.capabilities.subject);
  const [id] = useState(() => report?.id ?? newId());
  const [name, setName] = useState(report?.name ?? "");
  const [shared, setShared] = useState(report?.shared ?? false);
  const [schedule, setSchedule] = useState<(typeof SCHEDULES)[number]>(report?.schedule ?? "never");
  const [recipients, setRecipients] = useState<string[]>(report?.recipients ?? []);
  const [channelId, setChannelId] = useState<string | null>(report?.channel_id ?? null);
  const [format, setFormat] = useState<"pdf" | "csv">(report?.format ?? "pdf");
  const save = useMutation({
    mutationFn: () => {
      const kept = {
        name: name.trim(),
        shared,
        schedule,
        recipients,
        format,
        channel_id: channelId ?? mail[0]?.id ?? null,
      };
      return body(
        report === undefined
          ? client.POST("/reports/saved", {
              body: { id, ...kept, asked: toSave(asked ?? {}, zoneHere()) as Record<string, never> },
            })
          : client.PATCH("/reports/saved/{report_id}", { params: { path: { report_id: id } }, body: kept }),
      );
    },
    onSuccess: async () => {
      await queries.invalidateQueries(savedQuery);
      done();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t("reports.name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={120}
          data-autofocus
        />
        {mayShare && (
          <>
            <Checkbox
              label={t("reports.shared")}
              checked={shared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
            <Select
              label={t("reports.schedule")}
              value={schedule}
              onChange={(value) => setSchedule(value as typeof schedule)}
              data={SCHEDULES.map((one) => ({ value: one, label: t(`reports.schedules.${one}`) }))}
            />
            {schedule !== "never" && mail.length === 0 && <p className={classes.late}>{t("reports.noMail")}</p>}
            {schedule !== "never" && mail.length > 0 && (
              <>
                <TagsInput
                  label={t("reports.recipients")}
                  description={t("reports.recipientsText")}
                  value={recipients}
                  onChange={setRecipients}
                />
                <Select
                  label={t("reports.sentFrom")}
                  value={channelId ?? mail[0]?.id ?? null}
                  onChange={setChannelId}
                  data={mail.map((channel) => ({ value: channel.id, label: channel.name }))}
                />
                <Select
                  label={t("reports.format")}
                  value={format}
                  onChange={(value) => setFormat(value as typeof format)}
                  data={[
                    { value: "pdf", label: "PDF" },
                    { value: "csv", label: "CSV" },
                  ]}
                />
              </>
            )}
          </>
        )}
        {save.isError && (
          <p role="alert" className={classes.late}>
            {inWords(save.error)}
          </p>
        )}
        <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
          {t("reports.save")}
        </Button>
      </Stack>
    </form>
  );
}
