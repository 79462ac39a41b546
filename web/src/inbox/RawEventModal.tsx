/** What the provider really said, byte for byte. */
import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { useTranslation } from "../i18n";
import { RawEventView } from "../ui/RawEventView";
import { Broken, RowSkeletons } from "../ui/States";

export function RawEventModal({ interactionId, close }: { interactionId: string; close: () => void }) {
  const { t } = useTranslation();
  const raw = useQuery({
    queryKey: ["raw", interactionId],
    queryFn: () =>
      body(client.GET("/interactions/{interaction_id}/raw", { params: { path: { interaction_id: interactionId } } })),
  });
  return (
    <Modal opened onClose={close} title={t("raw.title")} size="xl">
      {raw.isPending && <RowSkeletons rows={3} />}
      {raw.isError && <Broken error={raw.error} retry={() => void raw.refetch()} />}
      {raw.isSuccess && <RawEventView event={raw.data} />}
    </Modal>
  );
}
