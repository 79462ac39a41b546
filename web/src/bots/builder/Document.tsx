/** The flow as a document, for what no field lets one change; an edit of it is undone like any other. */
import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n";
import classes from "./builder.module.css";
import type { Change } from "./Canvas";
import { type Graph, record } from "./graph";
import { readGraph } from "./layout";

export function Document({ graph, change }: { graph: Graph; change: Change }) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const [bad, setBad] = useState("");
  const take = (written: string) => {
    try {
      change(readGraph(record(JSON.parse(written))));
      setText(null);
    } catch (error) {
      setBad(t("bots.builder.notJson", { fault: String(error) }));
    }
  };
  return (
    <details
      className={classes.document}
      open={text !== null}
      onToggle={(event) => {
        if (!event.currentTarget.open) setText(null);
        else if (text === null) setText(JSON.stringify(graph, null, 2));
        setBad("");
      }}
    >
      <summary>{t("bots.document")}</summary>
      <Textarea
        aria-label={t("bots.document")}
        autosize
        minRows={12}
        maxRows={30}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--font-mono)", fontSize: 12 } }}
        value={text ?? ""}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {bad !== "" && (
        <p role="alert" className={classes.bad}>
          {bad}
        </p>
      )}
      <Button mt={8} onClick={() => take(text ?? "")}>
        {t("bots.save")}
      </Button>
    </details>
  );
}
