/** Sets a survey up: for whom, when, which scale, and the words in every language. */
import { Group, MultiSelect, NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useTeams } from "../api/hooks";
import { newId } from "../api/ids";
import { useTranslation } from "../i18n";
import { RecordModal } from "../ui/RecordModal";
import { type Scale, type Survey, surveysKey, wordsQuery } from "./queries";
import classes from "./survey.module.css";
import { Templates } from "./Templates";
import { Wordings } from "./Wordings";

const SCALES = ["five", "thumbs"] as const satisfies readonly Scale[];

const whole = (value: string | number, least: number) => Math.max(least, Math.round(Number(value) || 0));

export function SurveyForm({ survey, close }: { survey: Survey | null; close: () => void }) {
  const { t } = useTranslation();
  const [id] = useState(() => survey?.id ?? newId());
  const [form, setForm] = useState({
    name: survey?.name ?? "",
    active: survey?.active ?? true,
    channel_ids: survey?.channel_ids ?? [],
    team_ids: survey?.team_ids ?? [],
    scale: survey?.scale ?? ("five" as Scale),
    delay_seconds: survey?.delay_seconds ?? 300,
    quiet_days: survey?.quiet_days ?? 30,
    open_days: survey?.open_days ?? 7,
    comments: survey?.comments ?? true,
    people_only: survey?.people_only ?? true,
    wording: survey?.wording ?? {},
    templates: survey?.templates ?? {},
  });
  const change = (next: Partial<typeof form>) => setForm({ ...form, ...next });
  const params = { path: { survey_id: id } };
  const save = () =>
    survey === null
      ? body(client.POST("/surveys", { body: { id, ...form } }))
      : body(client.PUT("/surveys/{survey_id}", { params, body: form }));
  const remove = () => body(client.DELETE("/surveys/{survey_id}", { params }));
  return (
    <RecordModal
      isNew={survey === null}
      words={{
        add: t("survey.add"),
        edit: t("survey.edit"),
        remove: t("survey.remove"),
        removeText: t("survey.removeText"),
      }}
      save={save}
      remove={remove}
      listKey={surveysKey}
      close={close}
    >
      <TextInput
        label={t("survey.name")}
        required
        maxLength={100}
        data-autofocus
        value={form.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Switch
        label={t("survey.active")}
        checked={form.active}
        onChange={(event) => change({ active: event.currentTarget.checked })}
      />
      <Whom form={form} change={change} />
      <Group grow align="flex-start">
        <Select
          label={t("survey.scale")}
          allowDeselect={false}
          data={SCALES.map((value) => ({ value, label: t(`survey.scales.${value}`) }))}
          value={form.scale}
          onChange={(value) => change({ scale: SCALES.find((one) => one === value) ?? "five" })}
        />
        <NumberInput
          label={t("survey.delay")}
          min={0}
          max={4320}
          value={Math.round(form.delay_seconds / 60)}
          onChange={(value) => change({ delay_seconds: whole(value, 0) * 60 })}
        />
      </Group>
      <Group grow align="flex-start">
        <NumberInput
          label={t("survey.quiet")}
          description={t("survey.quietText")}
          inputWrapperOrder={["label", "input", "description"]}
          min={0}
          max={365}
          value={form.quiet_days}
          onChange={(value) => change({ quiet_days: whole(value, 0) })}
        />
        <NumberInput
          label={t("survey.open")}
          description={t("survey.openText")}
          inputWrapperOrder={["label", "input", "description"]}
          min={1}
          max={30}
          value={form.open_days}
          onChange={(value) => change({ open_days: whole(value, 1) })}
        />
      </Group>
      <Switch
        label={t("survey.comments")}
        checked={form.comments}
        onChange={(event) => change({ comments: event.currentTarget.checked })}
      />
      <Switch
        label={t("survey.peopleOnly")}
        checked={form.people_only}
        onChange={(event) => change({ people_only: event.currentTarget.checked })}
      />
      <Wordings wording={form.wording} comments={form.comments} change={(wording) => change({ wording })} />
      <Templates survey={form} change={(templates) => change({ templates })} />
      <Preview scale={form.scale} wording={form.wording} />
    </RecordModal>
  );
}

interface WhomProps {
  form: Pick<Survey, "channel_ids" | "team_ids">;
  change: (next: Partial<Pick<Survey, "channel_ids" | "team_ids">>) => void;
}

function Whom({ form, change }: WhomProps) {
  const { t } = useTranslation();
  const channels = useChannels();
  const teams = useTeams();
  return (
    <Group grow align="flex-start">
      <MultiSelect
        label={t("survey.channels")}
        placeholder={form.channel_ids.length === 0 ? t("survey.all") : ""}
        data={[...channels.values()].map((channel) => ({ value: channel.id, label: channel.name }))}
        value={form.channel_ids}
        onChange={(channel_ids) => change({ channel_ids })}
        searchable
        clearable
      />
      <MultiSelect
        label={t("survey.teams")}
        placeholder={form.team_ids.length === 0 ? t("survey.all") : ""}
        data={teams.map((team) => ({ value: team.id, label: team.name }))}
        value={form.team_ids}
        onChange={(team_ids) => change({ team_ids })}
        searchable
        clearable
      />
    </Group>
  );
}

/** The question as a customer of the reader's language gets it, where the channel has buttons. */
function Preview({ scale, wording }: { scale: Scale; wording: Survey["wording"] }) {
  const { t, i18n } = useTranslation();
  const words = useQuery(wordsQuery).data ?? [];
  const ours = words.find((one) => one.language === i18n.language) ?? words[0];
  if (ours === undefined) return null;
  return (
    <div className={classes.preview} role="group" aria-label={t("survey.preview")}>
      <p>{wording[ours.language]?.question || ours.texts.question}</p>
      <ul>
        {(ours.labels[scale] ?? []).map((label) => (
          <li key={label}>{label}</li>
        ))}
      </ul>
    </div>
  );
}
