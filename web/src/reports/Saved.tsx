/** Reports kept under a name: one's own and those everybody sees; some are sent by mail. */
import { Button, Checkbox, Modal, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { IconBookmark, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useMay, usePeople } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { When } from "../ui/When";
import { type Asked, readAsked } from "./asked";
import { toSave, zoneHere } from "./query";
import { type Saved as Report, savedQuery } from "./queries";
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
        {open && <Form asked={asked} done={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

function Form({ asked, done }: { asked: Asked; done: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayShare = useMay("reports_write");
  const mail = [...useChannels().values()].filter((channel) => channel.enabled && channel.capabilities.subject);
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [schedule, setSchedule] = useState<(typeof SCHEDULES)[number]>("never");
  const [recipients, setRecipients] = useState<string[]>([]);
  const [channelId, setChannelId] = useState<string | null>(null);
  const [format, setFormat] = useState<"pdf" | "csv">("pdf");
  const save = useMutation({
    mutationFn: () =>
      body(
        client.POST("/reports/saved", {
          body: {
            id,
            name: name.trim(),
            asked: toSave(asked, zoneHere()) as Record<string, never>,
            shared,
            schedule,
            recipients,
            channel_id: channelId ?? mail[0]?.id ?? null,
            format,
          },
        }),
      ),
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
                <TagsInput label={t("reports.recipients")} value={recipients} onChange={setRecipients} />
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

export function Saved() {
  const { t } = useTranslation();
  const found = useQuery(savedQuery);
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (!found.isSuccess) return <RowSkeletons rows={4} />;
  if (found.data.length === 0)
    return (
      <Empty
        icon={<IconBookmark size={28} stroke={1.5} />}
        title={t("reports.noneSaved")}
        text={t("reports.noneSavedText")}
      />
    );
  return (
    <ul className={classes.saved}>
      {found.data.map((report) => (
        <SavedRow key={report.id} report={report} />
      ))}
    </ul>
  );
}

function SavedRow({ report }: { report: Report }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const owner = usePeople().get(report.owner_id);
  const remove = useMutation({
    mutationFn: () => body(client.DELETE("/reports/saved/{report_id}", { params: { path: { report_id: report.id } } })),
    onSuccess: () => queries.invalidateQueries(savedQuery),
  });
  return (
    <li>
      <Link to="/reports/$page" params={{ page: "dashboard" }} search={readAsked(report.asked)}>
        {report.name}
      </Link>
      <span className={classes.quiet}>
        {report.shared ? t("reports.sharedBy", { name: owner?.name ?? "" }) : t("reports.onlyMine")}
        {report.schedule !== "never" && ` · ${t(`reports.schedules.${report.schedule}`)}`}
        {report.next_at !== null && (
          <>
            {" · "}
            {t("reports.next")} <When at={report.next_at} />
          </>
        )}
      </span>
      {report.problem !== "" && <span className={classes.late}>{report.problem}</span>}
      {remove.isError && <span className={classes.late}>{inWords(remove.error)}</span>}
      <IconButton label={t("reports.delete", { name: report.name })} onClick={() => remove.mutate()}>
        <IconTrash size={16} stroke={1.6} />
      </IconButton>
    </li>
  );
}
