/** What was said, by speaker: a click goes there, words are found and shown on the waveform, lines are corrected. */
import { Button, TextInput } from "@mantine/core";
import { IconEraser, IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { Broken } from "../ui/States";
import { toast } from "../ui/toast";
import { hits } from "./hits";
import { transcriptQuery } from "./queries";
import classes from "./reviews.module.css";
import { TranscriptLine } from "./TranscriptLine";

interface Props {
  recordingId: string;
  time: number;
  words: string;
  search(words: string): void;
  seek(second: number): void;
}

export function Transcript({ recordingId, time, words, search, seek }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const query = transcriptQuery(recordingId);
  const found = useQuery(query);
  const mayWrite = useMay("transcripts_write");
  const [sure, setSure] = useState<"redact" | "again" | null>(null);
  const path = { recording_id: recordingId };
  const done = {
    onSuccess: async () => {
      setSure(null);
      await queries.invalidateQueries({ queryKey: query.queryKey });
    },
    onError: (error: unknown) => toast.failure(t("reviews.notSaved"), inWords(error)),
  };
  const ask = useMutation({
    mutationFn: () => body(client.POST("/recordings/{recording_id}/transcript", { params: { path } })),
    ...done,
  });
  const redact = useMutation({
    mutationFn: () => body(client.POST("/recordings/{recording_id}/redaction", { params: { path } })),
    ...done,
    onSuccess: async () => {
      toast.done(t("reviews.redactAsked"));
      await done.onSuccess();
    },
  });
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return null;
  const { lines, state, error, can_be_made: canBeMade } = found.data;
  const hit = hits(lines, words);
  const numbers = new Set(hit.map(({ number }) => number));
  const next = hit.find(({ start }) => start > time + 0.1) ?? hit[0];
  return (
    <section className={classes.panel} aria-label={t("reviews.transcript")}>
      <header className={classes.writeBar}>
        <h2>{t("reviews.transcript")}</h2>
        {mayWrite && lines.length > 0 && (
          <span className={classes.choices}>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconEraser size={15} />}
              onClick={() => setSure("redact")}
            >
              {t("reviews.redact")}
            </Button>
            {canBeMade && (
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconRefresh size={15} />}
                onClick={() => setSure("again")}
              >
                {t("reviews.again")}
              </Button>
            )}
          </span>
        )}
      </header>
      {error !== "" && <p className={classes.quiet}>{error}</p>}
      {found.data.sound_deleted && lines.length > 0 && <p className={classes.quiet}>{t("reviews.soundDeleted")}</p>}
      {lines.length === 0 && error === "" && (
        <p className={classes.quiet}>{t(state === null ? "reviews.noTranscript" : "reviews.transcriptComing")}</p>
      )}
      {lines.length === 0 && (state === null || state === "failed") && canBeMade && mayWrite && (
        <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
          {t("reviews.askTranscript")}
        </Button>
      )}
      {lines.length > 0 && (
        <div className={classes.searchBar}>
          <TextInput
            aria-label={t("reviews.searchTranscript")}
            placeholder={t("reviews.searchTranscript")}
            value={words}
            onChange={(event) => search(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && next !== undefined) seek(next.start);
            }}
          />
          {words.trim() !== "" && <output className={classes.quiet}>{t("reviews.hits", { n: hit.length })}</output>}
          {next !== undefined && (
            <Button variant="default" onClick={() => seek(next.start)}>
              {t("reviews.nextHit")}
            </Button>
          )}
        </div>
      )}
      <ol className={classes.lines}>
        {lines.map((line) => (
          <TranscriptLine
            key={line.number}
            recordingId={recordingId}
            line={line}
            hit={numbers.has(line.number)}
            now={time >= line.start && time < line.end}
            seek={seek}
          />
        ))}
      </ol>
      {found.data.engine !== "" && lines.length > 0 && (
        <p className={classes.keys}>
          {t("reviews.madeBy", { engine: found.data.engine })}
          {found.data.redactions > 0 && ` · ${t("reviews.redactions", { n: found.data.redactions })}`}
        </p>
      )}
      {sure !== null && (
        <Confirm
          title={t(sure === "redact" ? "reviews.redact" : "reviews.again")}
          text={t(sure === "redact" ? "reviews.redactText" : "reviews.againText")}
          action={t(sure === "redact" ? "reviews.redact" : "reviews.again")}
          busy={ask.isPending || redact.isPending}
          confirm={() => (sure === "redact" ? redact : ask).mutate()}
          close={() => setSure(null)}
        />
      )}
    </section>
  );
}
