/** Writing first: only through channels that allow it. */
import { Button, Modal, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { keys } from "../api/queries";
import { useTranslation } from "../i18n";

interface NewConversationProps {
  close: () => void;
  to?: { address: string; channelIds: readonly string[] };
}

export default function NewConversation({ close, to }: NewConversationProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const channels = [...useChannels().values()].filter((channel) => channel.enabled && channel.capabilities.can_start);
  const usual = channels.find((channel) => to?.channelIds.includes(channel.id)) ?? channels[0];
  // Made once: pressing twice, or again after a lost answer, starts one conversation only.
  const [id] = useState(() => newId());
  const [channelId, setChannelId] = useState(usual?.id ?? "");
  const [address, setAddress] = useState(to?.address ?? "");
  const [subject, setSubject] = useState("");
  const [text, setText] = useState("");
  const channel = channels.find((item) => item.id === channelId);
  const start = useMutation({
    mutationFn: () =>
      body(
        client.POST("/conversations", {
          body: {
            id,
            channel_id: channelId,
            address: address.trim(),
            text,
            ...(channel?.capabilities.subject === true ? { subject } : {}),
          },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.conversations });
      close();
      await navigate({ to: "/inbox/$conversationId", params: { conversationId: id } });
    },
  });
  return (
    <Modal opened onClose={close} title={t("new.title")} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate();
        }}
      >
        <Stack gap="sm">
          <Select
            label={t("new.channel")}
            data={channels.map((item) => ({
              value: item.id,
              label: item.name === item.address ? item.name : `${item.name} (${item.address})`,
            }))}
            value={channelId}
            onChange={(value) => value !== null && setChannelId(value)}
            required
          />
          <TextInput
            label={t("new.address")}
            required
            data-autofocus
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          {channel?.capabilities.subject === true && (
            <TextInput
              label={t("new.subject")}
              value={subject}
              onChange={(event) => setSubject(event.currentTarget.value)}
            />
          )}
          <Textarea
            label={t("new.text")}
            autosize
            minRows={6}
            maxRows={16}
            required
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={start.isError && inWords(start.error)}
          />
          <Button type="submit" loading={start.isPending} style={{ alignSelf: "flex-end" }}>
            {t("composer.send")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
