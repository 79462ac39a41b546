/** The one line of a macro in a conversation: who ran it, what it did, what it could not do, and the way back. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import type { Interaction } from "../api/types";
import { useTranslation } from "../i18n";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import classes from "./macros.module.css";

interface Done {
  do: string;
  problem: string;
}

export default function MacroLine({ entry }: { entry: Interaction }) {
  const { t } = useTranslation();
  const mayWrite = useMay("conversations_write");
  const { data } = entry;
  const name = typeof data.macro_name === "string" ? data.macro_name : "";
  const by = entry.author_name || t("event.hub");
  const problems = (Array.isArray(data.done) ? (data.done as Done[]) : []).filter((one) => one.problem !== "");
  const changed = JSON.stringify(data.before) !== JSON.stringify(data.after);
  const undo = useMutation({
    mutationFn: () =>
      body(
        client.POST("/interactions/{interaction_id}/undo-macro", { params: { path: { interaction_id: entry.id } } }),
      ),
    onError: (error) => toast.failure(t("macros.notUndone"), inWords(error)),
  });
  return (
    <div className={classes.line}>
      <span>
        {t(data.event === "macro" ? "macros.ran" : "macros.undone", { by, name })} ·{" "}
        <When at={entry.occurred_at} as="clock" />
        {data.event === "macro" && mayWrite && changed && data.undone !== true && (
          <>
            {" · "}
            <Button
              variant="transparent"
              size="compact-xs"
              px={0}
              loading={undo.isPending}
              onClick={() => undo.mutate()}
            >
              {t("macros.undo")}
            </Button>
          </>
        )}
      </span>
      {problems.map((one) => (
        <span key={one.do} className={classes.bad}>
          {one.problem}
        </span>
      ))}
    </div>
  );
}
