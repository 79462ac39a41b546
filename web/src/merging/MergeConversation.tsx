/** Chooses the conversation that shall become part of this one, and says why. */
import { Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import type { ConversationRow } from "../api/types";
import { useTranslation } from "../i18n";
import { Broken, RowSkeletons } from "../ui/States";
import { WaitClock } from "../ui/WaitClock";
import { When } from "../ui/When";
import classes from "./merging.module.css";
import { useMergeConversation } from "./merging";

export default function MergeConversation({ row, close }: { row: ConversationRow; close: () => void }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState("");
  const [reason, setReason] = useState("");
  const merge = useMergeConversation(row.id);
  const found = useQuery({
    queryKey: ["mergeable", row.id],
    queryFn: ({ signal }) =>
      body(
        client.GET("/conversations/{conversation_id}/mergeable", {
          params: { path: { conversation_id: row.id } },
          signal,
        }),
      ),
    staleTime: 0,
  });
  return (
    <Modal opened onClose={close} size="lg" title={t("merging.title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          merge.mutate({ other_id: chosen, reason: reason.trim() }, { onSuccess: close });
        }}
      >
        <Stack gap="md">
          <p className={classes.quiet}>{t("merging.text")}</p>
          {found.isPending && <RowSkeletons rows={2} />}
          {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
          {found.data?.length === 0 && <p>{t("merging.none")}</p>}
          {found.data !== undefined && found.data.length > 0 && (
            <Radio.Group value={chosen} onChange={setChosen} label={t("merging.which")}>
              <div className={classes.choices}>
                {found.data.map((other) => (
                  <Radio.Card key={other.id} value={other.id} className={classes.choice}>
                    <Radio.Indicator />
                    <Other row={other} />
                  </Radio.Card>
                ))}
              </div>
            </Radio.Group>
          )}
          <TextInput
            label={t("merging.reason")}
            description={t("merging.reasonText")}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={merge.isError && inWords(merge.error)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={merge.isPending} disabled={chosen === ""}>
              {t("merging.merge")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Other({ row }: { row: ConversationRow }) {
  const { t } = useTranslation();
  return (
    <span className={classes.other}>
      <strong>{row.subject || row.last_preview || t("merging.noText")}</strong>
      <small>
        {row.subject !== "" && row.last_preview !== "" && <span>{row.last_preview} · </span>}
        {t(`state.${row.state}`)} · <When at={row.last_at} />
        {row.waiting_since !== null && (
          <>
            {" · "}
            {t("merging.waiting")} <WaitClock since={row.waiting_since} />
          </>
        )}
      </small>
    </span>
  );
}
