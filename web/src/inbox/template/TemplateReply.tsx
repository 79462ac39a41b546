/** A template as an answer in an open conversation. */
import { Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { isTold, patchInteraction } from "../../api/cache";
import { body, client } from "../../api/client";
import { newId } from "../../api/ids";
import type { ConversationDetail } from "../../api/types";
import { useTranslation } from "../../i18n";
import { toast } from "../../ui/toast";
import type { Chosen } from "./TemplateForm";
import { TemplatePicker } from "./TemplatePicker";

/** Returns the id of a message: the same for the same content, so that sending again after a lost answer doubles nothing. */
export function useMessageId(): (content: unknown) => string {
  const last = useRef({ content: "", id: "" });
  return (content) => {
    const written = JSON.stringify(content);
    if (last.current.content !== written) last.current = { content: written, id: newId() };
    return last.current.id;
  };
}

export default function TemplateReply({ detail, close }: { detail: ConversationDetail; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const messageId = useMessageId();
  const { row, capabilities } = detail;
  const submit = async ({ template, values, files }: Chosen) => {
    const content = { template: { key: template.key, values }, attachment_ids: files.map((file) => file.id) };
    const saved = await body(
      client.POST("/conversations/{conversation_id}/replies", {
        params: { path: { conversation_id: row.id } },
        body: { id: messageId(content), ...content },
      }),
    );
    if (!isTold(queries, saved)) patchInteraction(queries, saved, row.contact_id);
    toast.done(t("template.sent", { name: row.contact_name || row.address }));
    close();
  };
  return (
    <Modal opened onClose={close} title={t("template.title")} size={960}>
      <TemplatePicker channelId={row.channel_id} capabilities={capabilities} submit={submit} first />
    </Modal>
  );
}
