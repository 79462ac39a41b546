/** Writing first: only through channels that allow it, freely or with a template. */
import { Button, Modal, SegmentedControl, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { keys } from "../api/queries";
import { useTranslation } from "../i18n";
import { LengthMeter } from "./ComposerMeters";
import { canBegin, textRoom } from "./limits";
import type { Chosen } from "./template/TemplateForm";
import { TemplatePicker } from "./template/TemplatePicker";

interface NewConversationProps {
  close: () => void;
  to?: { address: string; channelIds: readonly string[] };
}

export default function NewConversation({ close, to }: NewConversationProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const channels = [...useChannels().values()].filter(canBegin);
  const usual = channels.find((channel) => to?.channelIds.includes(channel.id)) ?? channels[0];
  // Made once: pressing twice, or again after a lost answer, starts one conversation only.
  const [id] = useState(() => newId());
  const [channelId, setChannelId] = useState(usual?.id ?? "");
  const [address, setAddress] = useState(to?.address ?? "");
  const [subject, setSubject] = useState("");
  const [text, setText] = useState("");
  const [wantsTemplate, setWantsTemplate] = useState(false);
  const channel = channels.find((item) => item.id === channelId);
  const capabilities = channel?.capabilities;
  const both = capabilities?.can_start === true && capabilities.templates;
  const byTemplate = capabilities?.templates === true && (wantsTemplate || !capabilities.can_start);
  const room = capabilities === undefined ? null : textRoom(text, capabilities);

  const begin = async (content: { text: string } | Chosen) => {
    const what =
      "text" in content
        ? { text: content.text, ...(capabilities?.subject === true ? { subject } : {}) }
        : {
            template: { key: content.template.key, values: content.values },
            attachment_ids: content.files.map((file) => file.id),
          };
    await body(
      client.POST("/conversations", { body: { id, channel_id: channelId, address: address.trim(), ...what } }),
    );
    await queries.invalidateQueries({ queryKey: keys.conversations });
    close();
    await navigate({ to: "/inbox/$conversationId", params: { conversationId: id } });
  };
  const start = useMutation({ mutationFn: () => begin({ text }) });

  return (
    <Modal opened onClose={close} title={t("new.title")} size={byTemplate ? 960 : "lg"}>
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
        {both && (
          <SegmentedControl
            aria-label={t("new.how")}
            style={{ alignSelf: "flex-start" }}
            value={wantsTemplate ? "template" : "text"}
            onChange={(value) => setWantsTemplate(value === "template")}
            data={[
              { value: "text", label: t("new.own") },
              { value: "template", label: t("new.template") },
            ]}
          />
        )}
        {byTemplate && capabilities !== undefined && (
          <TemplatePicker
            key={channelId}
            channelId={channelId}
            capabilities={capabilities}
            submit={begin}
            blocked={address.trim() === ""}
          />
        )}
      </Stack>
      {!byTemplate && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            start.mutate();
          }}
        >
          <Stack gap="sm" mt="sm">
            {capabilities?.subject === true && (
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
            {capabilities !== undefined && room !== null && (
              <LengthMeter text={text} room={room} capabilities={capabilities} />
            )}
            <Button
              type="submit"
              loading={start.isPending}
              disabled={address.trim() === "" || room?.tooLong === true}
              style={{ alignSelf: "flex-end" }}
            >
              {t("composer.send")}
            </Button>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
