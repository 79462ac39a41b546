/** Who speaks with the customer now: shown while a bot does, with the way to take over, or to give it back. */
import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconRobot } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { toast } from "../ui/toast";
import classes from "./bots.module.css";
import { flowsQuery, speakerQuery } from "./queries";

export default function SpeakerLine({ conversationId, lastAt }: { conversationId: string; lastAt: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const found = useQuery(speakerQuery(conversationId, lastAt)).data;
  const [asked, setAsked] = useState(false);
  const published = (useQuery({ ...flowsQuery, enabled: asked }).data ?? []).filter((flow) => flow.published !== null);
  const params = { path: { conversation_id: conversationId } };
  const change = useMutation({
    /** To a flow by its id, or (null) to the one that was stopped. */
    mutationFn: (to: "human" | { flow: string | null }) =>
      to === "human"
        ? body(client.POST("/conversations/{conversation_id}/take-over", { params }))
        : body(client.POST("/conversations/{conversation_id}/give-back", { params, body: { flow_id: to.flow } })),
    onSuccess: (after) => queries.setQueryData(speakerQuery(conversationId, lastAt).queryKey, after),
    onError: (error) => toast.failure(t("bots.notDone"), inWords(error)),
  });
  if (found === undefined || found.run === null) return null;
  if (found.speaker === "bot")
    return (
      <div className={classes.speaker} role="status">
        <IconRobot size={16} stroke={1.6} aria-hidden /> {t("bots.botSpeaks")}
        <Button size="compact-sm" loading={change.isPending} onClick={() => change.mutate("human")}>
          {t("bots.takeOver")}
        </Button>
      </div>
    );
  if (found.run.end !== "taken") return null;
  return (
    <div className={classes.speaker}>
      <IconRobot size={16} stroke={1.6} aria-hidden /> {t("bots.taken")}
      <Menu onOpen={() => setAsked(true)}>
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            loading={change.isPending}
            rightSection={<IconChevronDown size={14} />}
          >
            {t("bots.giveBack")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => change.mutate({ flow: null })}>{t("bots.whereStopped")}</Menu.Item>
          {published.length > 0 && <Menu.Divider />}
          {published.map((flow) => (
            <Menu.Item
              key={flow.id}
              leftSection={<IconRobot size={14} />}
              onClick={() => change.mutate({ flow: flow.id })}
            >
              {flow.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
