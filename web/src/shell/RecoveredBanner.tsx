/** Above every place: that a channel did not tell the hub everything. Drawn only when there is something to say. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useMay } from "../api/hooks";
import { channelsQuery } from "../api/queries";

const RecoveredBanners = lazy(() => import("../settings/Recovered"));

export function RecoveredBanner() {
  const maySee = useMay("ledger_read");
  const found = useQuery(channelsQuery).data?.filter((channel) => channel.recovered !== null) ?? [];
  if (!maySee || found.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <RecoveredBanners channels={found} />
    </Suspense>
  );
}
