/** Above every place: what people have to know of the channels. Loaded after the first screen. */
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMay } from "../api/hooks";
import { channelsQuery } from "../api/queries";
import type { Channel } from "../api/types";
import { Recovered } from "./Recovered";
import { TroubleBanner } from "./TroubleBanner";

const NONE: readonly Channel[] = [];

export default function ChannelNotices() {
  const channels = useQuery(channelsQuery).data ?? NONE;
  const mayRecover = useMay("ledger_read");
  const { itemId } = useParams({ strict: false });
  return (
    <>
      <TroubleBanner channels={channels} />
      {mayRecover &&
        channels
          // The channel's own page says more.
          .filter((channel) => channel.recovered !== null && channel.id !== itemId)
          .map((channel) => <Recovered key={channel.id} channel={channel} link />)}
    </>
  );
}
