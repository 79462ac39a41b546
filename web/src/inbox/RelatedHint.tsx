/** A conversation may belong to another: says why we think so and lets a person decide. */
import { Button } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { patchConversation } from "../api/cache";
import { body, client } from "../api/client";
import { useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import type { ConversationRow } from "../api/types";
import { useTranslation } from "../i18n";
import { toast } from "../ui/toast";
import { whyRelated } from "./reasons";
import classes from "./thread.module.css";

export function RelatedHint({ row }: { row: ConversationRow }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useSession().user.id;
  const path = { conversation_id: row.id };
  const decide = useMutation({
    mutationFn: (accept: boolean) =>
      accept
        ? body(client.POST("/conversations/{conversation_id}/related/accept", { params: { path } }))
        : body(client.POST("/conversations/{conversation_id}/related/dismiss", { params: { path } })),
    onSuccess: (saved) => patchConversation(queries, saved, me),
    onError: (error) => toast.failure(t("thread.notChanged"), inWords(error)),
  });
  return (
    <div className={classes.hint}>
      <IconLink size={16} aria-hidden />
      <span>
        {t("related.text")} <strong>{whyRelated(row.related_reason)}</strong>{" "}
        <Link to="/inbox/$conversationId" params={{ conversationId: row.related_id ?? "" }}>
          {t("related.open")}
        </Link>
      </span>
      <Button size="compact-sm" variant="default" disabled={decide.isPending} onClick={() => decide.mutate(true)}>
        {t("related.accept")}
      </Button>
      <Button size="compact-sm" variant="subtle" disabled={decide.isPending} onClick={() => decide.mutate(false)}>
        {t("related.dismiss")}
      </Button>
    </div>
  );
}
