/** Adds an outside bot: its name, where it is told, and how long it may take. */
import { Button, Group, Modal, NumberInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import classes from "./bots.module.css";
import { type NewOutsideBot, outsideBotsQuery } from "./outsideQueries";

export function OutsideBotForm({ close, made }: { close: () => void; made: (bot: NewOutsideBot) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [ack, setAck] = useState(15);
  const [answer, setAnswer] = useState(60);
  const create = useMutation({
    mutationFn: () =>
      body(
        client.POST("/outside-bots", {
          body: { id, name: name.trim(), url: url.trim(), ack_within: ack, answer_within: answer },
        }),
      ),
    onSuccess: async (bot) => {
      await queries.invalidateQueries({ queryKey: outsideBotsQuery.queryKey });
      made(bot);
      close();
    },
  });
  return (
    <Modal opened onClose={close} title={t("bots.outside.add")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={t("bots.name")}
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t("bots.outside.url")}
            description={t("bots.outside.urlText")}
            type="url"
            placeholder="https://example.com/bot"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <Group grow align="flex-end">
            <NumberInput
              label={t("bots.outside.ack")}
              min={2}
              max={600}
              value={ack}
              onChange={(value) => setAck(Number(value))}
            />
            <NumberInput
              label={t("bots.outside.answer")}
              min={2}
              max={600}
              value={answer}
              onChange={(value) => setAnswer(Number(value))}
            />
          </Group>
          <p className={classes.quiet}>{t("bots.outside.timesText")}</p>
          {create.isError && (
            <p role="alert" className={classes.bad}>
              {inWords(create.error)}
            </p>
          )}
          <Button type="submit" loading={create.isPending} style={{ alignSelf: "flex-end" }}>
            {t("common.save")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
