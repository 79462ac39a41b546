/** What one line says of its recordings: how long they are kept, who hears them, transcripts, legal hold. */
import { Button, Checkbox, NumberInput, Select, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { type RecordingRules, rulesQuery } from "./queries";
import classes from "./reviews.module.css";

const HEAR = ["own", "none"] as const;

interface Props {
  rules: RecordingRules;
  transcribes: boolean;
  close(): void;
}

export function RulesForm({ rules, transcribes, close }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [now, setNow] = useState(rules);
  const change = (part: Partial<RecordingRules>) => setNow((before) => ({ ...before, ...part }));
  const days = (value: string | number): number | null => (typeof value === "number" ? Math.round(value) : null);
  const { channel_id, changed_at: _at, changed_by: _by, ...edit } = now;
  const save = useMutation({
    mutationFn: () =>
      body(client.PUT("/channels/{channel_id}/recording-rules", { params: { path: { channel_id } }, body: edit })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: rulesQuery.queryKey });
      await queries.invalidateQueries({ queryKey: ["calls"] });
      close();
    },
  });
  const shorter = now.keep_days !== null && (rules.keep_days === null || now.keep_days < rules.keep_days);
  const tick = (name: "transcripts_stay" | "hold" | "agents_download" | "ask_reason" | "transcribe" | "redact") => (
    <Checkbox
      label={t(`reviews.kept.ticks.${name}`)}
      checked={now[name]}
      onChange={(event) => change({ [name]: event.currentTarget.checked })}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <NumberInput
          label={t("reviews.kept.keepDays")}
          description={t("reviews.kept.keepDaysText")}
          min={1}
          max={36_500}
          value={now.keep_days ?? ""}
          onChange={(value) => change({ keep_days: days(value) })}
        />
        {shorter && !now.hold && (
          <p className={classes.problem}>{t("reviews.kept.shorter", { count: now.keep_days })}</p>
        )}
        <Select
          label={t("reviews.kept.agentsHear")}
          data={HEAR.map((one) => ({ value: one as string, label: t(`reviews.kept.agents.${one}`) }))}
          value={now.agents_hear}
          onChange={(value) => change({ agents_hear: HEAR.find((one) => one === value) ?? "own" })}
          allowDeselect={false}
        />
        {tick("agents_download")}
        {tick("ask_reason")}
        <fieldset className={classes.group}>
          <legend>{t("reviews.transcript")}</legend>
          {!transcribes && <p className={classes.quiet}>{t("reviews.kept.noEngine")}</p>}
          {tick("transcribe")}
          {tick("redact")}
          {tick("transcripts_stay")}
          {now.transcripts_stay && (
            <NumberInput
              label={t("reviews.kept.keepWords")}
              description={t("reviews.kept.keepDaysText")}
              min={1}
              max={36_500}
              value={now.keep_transcripts_days ?? ""}
              onChange={(value) => change({ keep_transcripts_days: days(value) })}
            />
          )}
        </fieldset>
        <fieldset className={classes.group}>
          <legend>{t("reviews.kept.legalHold")}</legend>
          {tick("hold")}
          {now.hold && (
            <Textarea
              label={t("reviews.reasonWhy")}
              required
              autosize
              value={now.hold_reason}
              onChange={(event) => change({ hold_reason: event.currentTarget.value })}
            />
          )}
        </fieldset>
        {save.isError && (
          <p className={classes.problem} role="alert">
            {inWords(save.error)}
          </p>
        )}
        <Button type="submit" loading={save.isPending}>
          {t("reviews.save")}
        </Button>
      </Stack>
    </form>
  );
}
