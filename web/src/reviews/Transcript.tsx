/** What was said, by speaker: a click goes there, words are found and shown on the waveform. */
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { Broken } from "../ui/States";
import { duration } from "../ui/time";
import { type Line, transcriptQuery } from "./queries";
import classes from "./reviews.module.css";

/** The lines in which the words are said. */
export function hits(lines: readonly Line[], words: string): readonly Line[] {
  const wanted = words.trim().toLocaleLowerCase();
  return wanted === "" ? [] : lines.filter(({ text }) => text.toLocaleLowerCase().includes(wanted));
}

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
  const mayAsk = useMay("transcripts_write");
  const ask = useMutation({
    mutationFn: () =>
      body(client.POST("/recordings/{recording_id}/transcript", { params: { path: { recording_id: recordingId } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: query.queryKey }),
  });
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return null;
  const { lines, state, error, can_be_made: canBeMade } = found.data;
  const hit = new Set(hits(lines, words).map(({ number }) => number));
  return (
    <section className={classes.panel}>
      <h2>{t("reviews.transcript")}</h2>
      {error !== "" && <p className={classes.quiet}>{error}</p>}
      {lines.length === 0 && error === "" && (
        <p className={classes.quiet}>{t(state === null ? "reviews.noTranscript" : "reviews.transcriptComing")}</p>
      )}
      {lines.length === 0 && state === null && canBeMade && mayAsk && (
        <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
          {t("reviews.askTranscript")}
        </Button>
      )}
      {ask.isError && <p className={classes.problem}>{inWords(ask.error)}</p>}
      {lines.length > 0 && (
        <TextInput
          aria-label={t("reviews.searchTranscript")}
          placeholder={t("reviews.searchTranscript")}
          value={words}
          onChange={(event) => search(event.currentTarget.value)}
        />
      )}
      <ol className={classes.lines}>
        {lines.map((line) => (
          <li key={line.number}>
            <button
              type="button"
              onClick={() => seek(line.start)}
              data-lane={line.speaker}
              data-hit={hit.has(line.number) || undefined}
              data-now={(time >= line.start && time < line.end) || undefined}
            >
              <span>{duration(line.start)}</span>
              <b>{t(`reviews.${line.speaker}Lane`)}</b>
              <span>
                {line.text}
                {line.edited && <small> ({t("reviews.edited")})</small>}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
