/** Calls a number: on the browser phone where the channel has one, else by ringing the agent's own phone first. */
import { Button, Menu } from "@mantine/core";
import { IconPhone } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { useChannels, useMay } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import type { Channel } from "../api/types";
import { useTranslation } from "../i18n";
import { toast } from "../ui/toast";
import { onPhone } from "./phone";

export const callable = (channel: Channel): boolean =>
  channel.enabled && channel.capabilities.calls !== null && channel.capabilities.calls.outbound;

export function CallButton({ number, compact = false }: { number: string; compact?: boolean }) {
  const { t } = useTranslation();
  const may = useMay("calls_write");
  const channels = [...useChannels().values()].filter(callable);
  const place = useMutation({
    mutationFn: async (channel: Channel) => {
      const placed = await body(client.POST("/calls", { body: { id: newId(), channel_id: channel.id, number } }));
      if (placed.browser) onPhone({ do: "dial", channelId: channel.id, number: placed.number, call: placed.call });
      return placed;
    },
    onSuccess: (placed) => !placed.browser && toast.done(t("calls.ringsYou", { number: placed.number })),
    onError: (error) => toast.failure(t("calls.notPlaced"), inWords(error)),
  });
  const [first] = channels;
  if (!may || first === undefined || !/^\+?\d/.test(number)) return null;
  const icon = <IconPhone size={16} stroke={1.6} />;
  const look = compact
    ? { variant: "subtle" as const, px: 8, "aria-label": t("calls.call", { number }) }
    : { variant: "default" as const, leftSection: icon };
  const words = compact ? icon : t("calls.callShort");
  if (channels.length === 1)
    return (
      <Button {...look} loading={place.isPending} onClick={() => place.mutate(first)}>
        {words}
      </Button>
    );
  return (
    <Menu>
      <Menu.Target>
        <Button {...look} loading={place.isPending}>
          {words}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {channels.map((channel) => (
          <Menu.Item key={channel.id} onClick={() => place.mutate(channel)}>
            {t("calls.callFrom", { name: channel.name })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
