/** "Edited": opens the earlier wordings. */
import { Modal, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import type { Interaction } from "../api/types";
import { useTranslation } from "../i18n";
import { Broken, RowSkeletons } from "../ui/States";
import { When } from "../ui/When";
import classes from "./message.module.css";

export function History({ entry }: { entry: Interaction }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={classes.link} onClick={() => setOpen(true)}>
        {t("message.edited")}
      </button>
      {open && (
        <Modal opened onClose={() => setOpen(false)} title={t("message.wordings")}>
          <Wordings entry={entry} />
        </Modal>
      )}
    </>
  );
}

function Wordings({ entry }: { entry: Interaction }) {
  const { t } = useTranslation();
  const revisions = useQuery({
    queryKey: ["revisions", entry.id, entry.edited_at],
    queryFn: () =>
      body(client.GET("/interactions/{interaction_id}/revisions", { params: { path: { interaction_id: entry.id } } })),
  });
  if (revisions.isPending) return <RowSkeletons rows={2} />;
  if (revisions.isError) return <Broken error={revisions.error} retry={() => void revisions.refetch()} />;
  return (
    <Stack gap="sm">
      <div>
        <p className={classes.wordingHead}>{t("message.wordingNow")}</p>
        <p className={classes.text}>{entry.text}</p>
      </div>
      {revisions.data.map((revision) => (
        <div key={revision.replaced_at}>
          <p className={classes.wordingHead}>
            {t("message.wordingUntil")} <When at={revision.replaced_at} as="ago" />
          </p>
          <p className={classes.text}>{revision.text}</p>
        </div>
      ))}
    </Stack>
  );
}
