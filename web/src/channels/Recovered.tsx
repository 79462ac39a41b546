/** What reconciling found on a channel that its provider had not told: how many, since when, and what to look at. */
import { Button } from "@mantine/core";
import { IconZoomCheck } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import { channelsQuery } from "../api/queries";
import type { Channel } from "../api/types";
import { useTranslation } from "../i18n";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import classes from "./channels.module.css";

export function Recovered({ channel, link = false }: { channel: Channel; link?: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayDismiss = useMay("ledger_read");
  const { recovered } = channel;
  const dismiss = useMutation({
    mutationFn: () =>
      body(client.POST("/channels/{channel_id}/recovered/dismiss", { params: { path: { channel_id: channel.id } } })),
    onSuccess: (saved) =>
      queries.setQueryData(channelsQuery.queryKey, (known) =>
        known?.map((item) => (item.id === saved.id ? saved : item)),
      ),
    onError: (error) => toast.failure(t("channels.recovered.notDismissed"), inWords(error)),
  });
  if (recovered === null) return null;
  return (
    <div className={classes.notice} data-page={!link || undefined} role="status">
      <IconZoomCheck size={18} stroke={1.6} aria-hidden />
      <p>
        <strong>{t("channels.recovered.text", { count: recovered.count, channel: channel.name })}</strong>{" "}
        {recovered.count > 1 && `${t("channels.recovered.since")} `}
        <When at={recovered.since} as="ago" />
        {recovered.count > 1 && (
          <>
            , {t("channels.recovered.last")} <When at={recovered.last_at} as="ago" />
          </>
        )}
        . {!link && t("channels.recovered.hint")}
      </p>
      <span className={classes.acts}>
        {link && (
          <Button
            component={Link}
            to="/settings/$section/$itemId"
            params={{ section: "channels", itemId: channel.id } as never}
            size="compact-sm"
            variant="default"
          >
            {t("channels.recovered.steps")}
          </Button>
        )}
        {mayDismiss && (
          <Button size="compact-sm" variant="default" loading={dismiss.isPending} onClick={() => dismiss.mutate()}>
            {t("channels.recovered.dismiss")}
          </Button>
        )}
      </span>
    </div>
  );
}
