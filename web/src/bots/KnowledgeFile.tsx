/** Reads a CSV file into the knowledge base: first what it would do, then does it. */
import { Button, FileButton, Group, Modal } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { toast } from "../ui/toast";
import classes from "./bots.module.css";
import type { Imported } from "./knowledgeQueries";

const read = (file: File, dryRun: boolean): Promise<Imported> =>
  body(
    client.POST("/knowledge/file", {
      params: { query: { dry_run: dryRun } },
      headers: { "Content-Type": "text/csv" },
      body: "",
      bodySerializer: () => file,
    }),
  );

export function KnowledgeFile() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<{ file: File; would: Imported } | null>(null);
  const failed = (error: unknown) => toast.failure(t("bots.notDone"), inWords(error));
  const look = useMutation({
    mutationFn: (file: File) => read(file, true),
    onSuccess: (would, file) => setChosen({ file, would }),
    onError: failed,
  });
  const take = useMutation({
    mutationFn: (file: File) => read(file, false),
    onSuccess: async (done) => {
      setChosen(null);
      toast.done(t("bots.knowledge.imported", { added: done.added, changed: done.changed }));
      await queries.invalidateQueries({ queryKey: ["knowledge"] });
    },
    onError: failed,
  });
  return (
    <>
      <FileButton accept=".csv,text/csv" onChange={(file) => file !== null && look.mutate(file)}>
        {(props) => (
          <Button variant="default" leftSection={<IconUpload size={16} />} loading={look.isPending} {...props}>
            {t("bots.knowledge.import")}
          </Button>
        )}
      </FileButton>
      {chosen !== null && (
        <Modal opened onClose={() => setChosen(null)} title={chosen.file.name}>
          <p style={{ marginTop: 0 }}>
            {t("bots.knowledge.would", {
              added: chosen.would.added,
              changed: chosen.would.changed,
              unchanged: chosen.would.unchanged,
            })}
          </p>
          {chosen.would.left_out > 0 && (
            <>
              <p className={classes.bad}>{t("bots.knowledge.leftOut", { count: chosen.would.left_out })}</p>
              <ul className={classes.problems}>
                {chosen.would.problems.map((problem) => (
                  <li key={problem.line}>{t("bots.knowledge.line", { line: problem.line, words: problem.words })}</li>
                ))}
              </ul>
            </>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setChosen(null)}>
              {t("common.cancel")}
            </Button>
            <Button
              data-autofocus
              loading={take.isPending}
              disabled={chosen.would.added + chosen.would.changed === 0}
              onClick={() => take.mutate(chosen.file)}
            >
              {t("bots.knowledge.import")}
            </Button>
          </Group>
        </Modal>
      )}
    </>
  );
}
