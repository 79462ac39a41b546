/** What may be done with a recording beside hearing it: download, the log, legal hold, deletion. */
import { Button, Menu, Modal, Stack, Textarea } from "@mantine/core";
import { IconDots, IconDownload, IconGavel, IconHistory, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import { type Recording, recordingsQuery } from "../calls/queries";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { toast } from "../ui/toast";
import { Plays } from "./Plays";
import classes from "./reviews.module.css";

const icon = { size: 16, stroke: 1.6 };

export function RecordingMenu({ recording, reason }: { recording: Recording; reason: string }) {
  const { t } = useTranslation();
  const mayManage = useMay("recordings_manage");
  const mayLog = useMay("recordings_log");
  const mayDownload = recording.why_not_download === "";
  const [open, setOpen] = useState<"log" | "hold" | "delete" | null>(null);
  const path = { recording_id: recording.id };
  const queries = useQueryClient();
  const failed = (error: unknown) => toast.failure(t("reviews.notSaved"), inWords(error));
  const download = useMutation({
    mutationFn: async () => {
      const { id } = await body(
        client.POST("/recordings/{recording_id}/plays", {
          params: { path },
          body: { kind: "download", reason: reason.trim() },
        }),
      );
      const link = document.createElement("a");
      link.href = `/api/v1/recordings/${recording.id}/download?play=${id}`;
      link.download = "";
      link.click();
    },
    onError: failed,
  });
  const release = useMutation({
    mutationFn: () => body(client.DELETE("/recordings/{recording_id}/hold", { params: { path } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: recordingsQuery(recording.call_id).queryKey }),
    onError: failed,
  });
  if (!mayManage && !mayLog && !mayDownload) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <IconButton label={t("reviews.menu")} loading={download.isPending}>
            <IconDots size={18} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {mayDownload && (
            <Menu.Item leftSection={<IconDownload {...icon} />} onClick={() => download.mutate()}>
              {t("reviews.download")}
            </Menu.Item>
          )}
          {mayLog && (
            <Menu.Item leftSection={<IconHistory {...icon} />} onClick={() => setOpen("log")}>
              {t("reviews.whoHeard")}
            </Menu.Item>
          )}
          {mayManage && recording.hold === "" && (
            <Menu.Item leftSection={<IconGavel {...icon} />} onClick={() => setOpen("hold")}>
              {t("reviews.hold")}
            </Menu.Item>
          )}
          {mayManage && recording.hold !== "" && (
            <Menu.Item leftSection={<IconGavel {...icon} />} onClick={() => release.mutate()}>
              {t("reviews.endHold")}
            </Menu.Item>
          )}
          {mayManage && recording.hold === "" && (
            <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={() => setOpen("delete")}>
              {t("reviews.deleteRecording")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={open === "log"} onClose={() => setOpen(null)} title={t("reviews.whoHeard")} size="lg">
        <Plays callId={recording.call_id} />
      </Modal>
      {(open === "hold" || open === "delete") && (
        <Because recording={recording} what={open} close={() => setOpen(null)} />
      )}
    </>
  );
}

/** Both are done for a reason, which is kept. */
function Because({ recording, what, close }: { recording: Recording; what: "hold" | "delete"; close(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const does = useMutation({
    mutationFn: async () => {
      const to = { params: { path: { recording_id: recording.id } }, body: { reason: reason.trim() } };
      if (what === "hold") await body(client.PUT("/recordings/{recording_id}/hold", to));
      else {
        const { number } = await body(client.POST("/recordings/{recording_id}/deletion", to));
        toast.done(t("reviews.deleted", { number }));
      }
    },
    onSuccess: async () => {
      close();
      await queries.invalidateQueries({ queryKey: ["calls"] });
    },
  });
  return (
    <Modal opened onClose={close} title={t(what === "hold" ? "reviews.hold" : "reviews.deleteRecording")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          does.mutate();
        }}
      >
        <Stack>
          <p className={classes.quiet}>{t(what === "hold" ? "reviews.holdText" : "reviews.deleteRecordingText")}</p>
          <Textarea
            label={t("reviews.reasonWhy")}
            required
            data-autofocus
            autosize
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {does.isError && (
            <p className={classes.problem} role="alert">
              {inWords(does.error)}
            </p>
          )}
          <Button
            type="submit"
            {...(what === "delete" ? { color: "red" } : {})}
            loading={does.isPending}
            disabled={reason.trim() === ""}
          >
            {t(what === "hold" ? "reviews.hold" : "reviews.deleteRecording")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
