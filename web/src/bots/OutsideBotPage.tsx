/** One outside bot: on or off, new secrets, and what it was told with what became of it. */
import { Button, Group, Switch } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Confirm } from "../ui/Confirm";
import { Broken, Empty } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import classes from "./bots.module.css";
import { botEventsQuery, type NewOutsideBot, type OutsideBot, outsideBotsQuery } from "./outsideQueries";

export function OutsideBotPage({ bot, made }: { bot: OutsideBot; made: (bot: NewOutsideBot) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<"renew" | "remove" | null>(null);
  const params = { path: { bot_id: bot.id } };
  const refresh = () => queries.invalidateQueries({ queryKey: outsideBotsQuery.queryKey });
  const failed = (error: unknown) => toast.failure(t("bots.notDone"), inWords(error));
  const setActive = useMutation({
    mutationFn: (active: boolean) => body(client.PATCH("/outside-bots/{bot_id}", { params, body: { active } })),
    onSuccess: refresh,
    onError: failed,
  });
  const renew = useMutation({
    mutationFn: () => body(client.POST("/outside-bots/{bot_id}/renew", { params })),
    onSuccess: (after) => {
      setAsking(null);
      made(after);
    },
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: () => body(client.DELETE("/outside-bots/{bot_id}", { params })),
    onSuccess: async () => {
      await navigate({ to: "/settings/$section", params: { section: "outside-bots" } });
      await refresh();
    },
    onError: failed,
  });
  return (
    <>
      <PageHead
        title={bot.name}
        text={bot.url === "" ? t("bots.outside.listens") : bot.url}
        back="/settings/outside-bots"
        action={
          <Switch
            label={t("bots.outside.on")}
            checked={bot.active}
            disabled={setActive.isPending}
            onChange={(event) => setActive.mutate(event.currentTarget.checked)}
          />
        }
      />
      <div className={`${settings.content} ${settings.scrollX}`}>
        <p className={classes.quiet}>{t("bots.outside.times", { ack: bot.ack_within, answer: bot.answer_within })}</p>
        <Told id={bot.id} />
        <Group mt="lg">
          <Button variant="default" onClick={() => setAsking("renew")}>
            {t("bots.outside.renew")}
          </Button>
          <Button variant="light" color="red" onClick={() => setAsking("remove")}>
            {t("bots.outside.remove")}
          </Button>
        </Group>
      </div>
      {asking !== null && (
        <Confirm
          title={t(`bots.outside.${asking}`)}
          text={t(`bots.outside.${asking}Text`)}
          action={t(`bots.outside.${asking}`)}
          busy={renew.isPending || remove.isPending}
          confirm={() => (asking === "renew" ? renew.mutate() : remove.mutate())}
          close={() => setAsking(null)}
        />
      )}
    </>
  );
}

/** What the bot was told, the newest first. */
function Told({ id }: { id: string }) {
  const { t } = useTranslation();
  const found = useInfiniteQuery(botEventsQuery(id));
  const events = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && events.length === 0 && (
        <Empty title={t("bots.outside.toldNothing")} text={t("bots.outside.toldNothingText")} />
      )}
      {events.length > 0 && (
        <table className={settings.table}>
          <thead>
            <tr>
              <th>{t("bots.outside.at")}</th>
              <th>{t("bots.outside.what")}</th>
              <th>{t("bots.outside.became")}</th>
              <th data-number>{t("bots.outside.attempts")}</th>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <tr key={event.id}>
                <td>
                  <When at={event.created_at} as="ago" />
                </td>
                <td>{t(`bots.outside.kinds.${event.kind}`)}</td>
                <td className={event.state === "late" ? settings.bad : ""}>
                  {t(`bots.outside.states.${event.state}`)}{" "}
                  <span className={settings.quiet}>
                    {event.status !== null && `${event.status} `}
                    {event.error}
                  </span>
                </td>
                <td data-number>{event.attempts}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void found.fetchNextPage()}>
          {t("common.more")}
        </Button>
      )}
    </>
  );
}
