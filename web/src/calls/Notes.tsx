/** What came of a call, and a note in its conversation: while talking or after it. */
import { Autocomplete, Button, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { toast } from "../ui/toast";
import classes from "./dock.module.css";
import { versionsQuery } from "./lineQueries";
import type { Call } from "./queries";

/** The results the call's line offers. */
function useResults(lineId: string | null): string[] {
  const versions = useQuery({ ...versionsQuery(lineId ?? ""), enabled: lineId !== null }).data;
  const newest = versions?.reduce((a, b) => (b.version > a.version ? b : a));
  const results = newest?.plan.results;
  return Array.isArray(results) ? results.filter((one) => typeof one === "string") : [];
}

export function Notes({ call, saved }: { call: Call; saved: (() => void) | undefined }) {
  const { t } = useTranslation();
  const results = useResults(call.line_id);
  const [text, setText] = useState("");
  const [result, setResult] = useState(call.result);
  const save = useMutation({
    mutationFn: async () => {
      if (result.trim() !== call.result)
        await body(
          client.PATCH("/calls/{call_id}", {
            params: { path: { call_id: call.id } },
            body: { result: result.trim() },
          }),
        );
      if (text.trim() !== "")
        await body(
          client.POST("/conversations/{conversation_id}/notes", {
            params: { path: { conversation_id: call.conversation_id } },
            body: { id: newId(), text: text.trim() },
          }),
        );
    },
    onSuccess: () => {
      setText("");
      toast.done(t("calls.saved"));
      saved?.();
    },
    onError: (error) => toast.failure(t("calls.notChanged"), inWords(error)),
  });
  return (
    <form
      className={classes.notes}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Autocomplete label={t("calls.result")} data={results} value={result} onChange={setResult} />
      <Textarea
        label={t("calls.note")}
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" loading={save.isPending}>
        {t("calls.save")}
      </Button>
    </form>
  );
}
