/** Takes a merge back from its line in the thread, however old it is; gone once it was undone. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { useTranslation } from "../i18n";
import { useUndoMerge } from "./merging";

export default function UndoMerge({ conversationId, mergeId }: { conversationId: string; mergeId: string }) {
  const { t } = useTranslation();
  const undo = useUndoMerge();
  const merges = useQuery({
    queryKey: ["merges", conversationId],
    queryFn: ({ signal }) =>
      body(
        client.GET("/conversations/{conversation_id}/merges", {
          params: { path: { conversation_id: conversationId } },
          signal,
        }),
      ),
  });
  const stands = merges.data?.some(({ merge }) => merge.id === mergeId && merge.undone_at === null) ?? false;
  if (!stands) return null;
  return (
    <>
      {" · "}
      <Button
        variant="transparent"
        size="compact-xs"
        px={0}
        loading={undo.isPending}
        onClick={() => undo.mutate(mergeId)}
      >
        {t("merging.undo")}
      </Button>
    </>
  );
}
