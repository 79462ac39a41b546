/** Our channels: how each stands, and the way to a new one. */
import { Button } from "@mantine/core";
import { IconPlug, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useMay } from "../api/hooks";
import { channelsQuery } from "../api/queries";
import type { Channel } from "../api/types";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { When } from "../ui/When";
import { ChannelEdit } from "./ChannelEdit";
import { ChannelNew } from "./ChannelNew";
import { Catalogue } from "./Catalogue";
import { PageHead } from "./PageHead";
import classes from "./settings.module.css";

export default function Channels() {
  const { t } = useTranslation();
  const { itemId } = useParams({ strict: false });
  const mayWrite = useMay("channels_write");
  const channels = useQuery(channelsQuery);
  if (channels.isPending) return <RowSkeletons rows={4} />;
  if (channels.isError) return <Broken error={channels.error} retry={() => void channels.refetch()} />;
  if (itemId === "new") return <Catalogue />;
  if (itemId?.startsWith("new-") === true) return <ChannelNew key={itemId} connectorKey={itemId.slice(4)} />;
  if (itemId !== undefined) {
    const channel = channels.data.find((item) => item.id === itemId);
    return channel === undefined ? (
      <Empty title={t("channel.gone")} text={t("channel.goneText")} />
    ) : (
      <ChannelEdit key={channel.id} channel={channel} />
    );
  }
  const add = mayWrite && (
    <Button
      component={Link}
      to="/settings/$section/$itemId"
      params={{ section: "channels", itemId: "new" } as never}
      leftSection={<IconPlus size={16} />}
    >
      {t("channel.add")}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t("settings.channels.title")}
        text={t("settings.channels.text")}
        action={channels.data.length > 0 && add}
      />
      <div className={classes.content}>
        {channels.data.length === 0 && (
          <Empty
            icon={<IconPlug size={28} stroke={1.4} />}
            title={t("channel.none")}
            text={t("channel.noneText")}
            action={add}
          />
        )}
        <ul className={classes.channels}>
          {channels.data.map((channel) => (
            <li key={channel.id}>
              <Link
                className={classes.channel}
                to="/settings/$section/$itemId"
                params={{ section: "channels", itemId: channel.id }}
              >
                <span className={classes.channelIcon}>
                  <ChannelIcon channelId={channel.id} size={20} />
                </span>
                <span className={classes.channelName}>
                  <strong>{channel.name}</strong>
                  <small>{channel.address}</small>
                </span>
                <ConnectionMark channel={channel} />
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

export function ConnectionMark({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const state = channel.enabled ? channel.connection.state : "disabled";
  return (
    <span className={classes.state} data-state={state} title={channel.connection.detail}>
      {t(`connection.state.${state}`)}{" "}
      <small className={classes.quiet}>{state !== "disabled" && <When at={channel.connection.since} as="ago" />}</small>
    </span>
  );
}
