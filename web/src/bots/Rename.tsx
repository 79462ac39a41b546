/** A flow's name and what it is for. */
import { Button, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import classes from "./bots.module.css";
import type { Flow } from "./queries";

interface RenameProps {
  flow: Flow;
  close: () => void;
  saved: (after: Flow) => Promise<void>;
}

export function Rename({ flow, close, saved }: RenameProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(flow.name);
  const [description, setDescription] = useState(flow.description);
  const save = useMutation({
    mutationFn: () =>
      body(
        client.PATCH("/bots/flows/{flow_id}", {
          params: { path: { flow_id: flow.id } },
          body: { revision: flow.revision, name, description },
        }),
      ),
    onSuccess: async (after) => {
      await saved(after);
      close();
    },
  });
  return (
    <Modal opened onClose={close} title={t("bots.rename")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap={12}>
          <TextInput
            label={t("bots.name")}
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Textarea
            label={t("bots.description")}
            autosize
            minRows={2}
            maxLength={1000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          {save.isError && (
            <p role="alert" className={classes.bad}>
              {inWords(save.error)}
            </p>
          )}
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ""} style={{ alignSelf: "end" }}>
            {t("common.save")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
