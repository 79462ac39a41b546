/** What is done more rarely with a conversation: macros, waiting for the customer, merging, spam. */
import { Menu } from "@mantine/core";
import { IconArrowMerge, IconBan, IconBolt, IconDots, IconHourglass } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { patchConversation } from "../api/cache";
import { body, client } from "../api/client";
import { useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import type { ConversationRow } from "../api/types";
import { useTranslation, withTexts } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { toast } from "../ui/toast";
import { useChangeConversation } from "./changeConversation";

const MacroPicker = lazy(() => import("../macros/MacroPicker"));
const MergeConversation = lazy(withTexts(["merging"], () => import("../merging/MergeConversation")));

export default function MoreMenu({ row }: { row: ConversationRow }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useSession().user.id;
  const { mutate } = useChangeConversation(row);
  const [opened, setOpened] = useState<"macros" | "merging" | null>(null);
  const close = () => setOpened(null);
  const spam = useMutation({
    mutationFn: () =>
      body(client.POST("/conversations/{conversation_id}/spam", { params: { path: { conversation_id: row.id } } })),
    onSuccess: (saved) => patchConversation(queries, saved, me),
    onError: (error) => toast.failure(t("thread.notChanged"), inWords(error)),
  });
  return (
    <>
      <Menu>
        <Menu.Target>
          <IconButton label={t("thread.more")}>
            <IconDots size={18} stroke={1.6} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconBolt size={15} />}
            rightSection={<kbd>M</kbd>}
            onClick={() => setOpened("macros")}
          >
            {t("macros.run")}
          </Menu.Item>
          {row.state !== "pending" && (
            <Menu.Item leftSection={<IconHourglass size={15} />} onClick={() => mutate({ state: "pending" })}>
              {t("thread.setPending")}
            </Menu.Item>
          )}
          {row.state !== "open" && (
            <Menu.Item onClick={() => mutate({ state: "open" })}>{t("thread.setOpen")}</Menu.Item>
          )}
          <Menu.Item leftSection={<IconArrowMerge size={15} />} onClick={() => setOpened("merging")}>
            {t("thread.merge")}
          </Menu.Item>
          <Menu.Item leftSection={<IconBan size={15} />} onClick={() => spam.mutate()}>
            {t("thread.spam")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {opened === "macros" && <MacroPicker conversationId={row.id} close={close} />}
        {opened === "merging" && <MergeConversation row={row} close={close} />}
      </Suspense>
    </>
  );
}
