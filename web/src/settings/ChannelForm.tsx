/** What every channel has beside its connector's settings: name, team, unknown senders, when a thread reopens. */
import { NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useTeams } from "../api/hooks";
import type { FieldError } from "../api/problem";
import type { Channel } from "../api/types";
import { useTranslation } from "../i18n";

export interface ChannelBasics {
  name: string;
  team_id: string | null;
  sender_rule: Channel["sender_rule"];
  /** Seconds. */
  reopen_window: number;
}

const DAY = 86_400;
const NONE = "none";
const RULES: readonly Channel["sender_rule"][] = ["contact", "provisional", "none"];

export function ChannelForm({
  value,
  errors,
  onChange,
}: {
  value: ChannelBasics;
  errors: readonly FieldError[];
  onChange: (value: ChannelBasics) => void;
}) {
  const { t } = useTranslation();
  const teams = useTeams();
  const error = (field: string) =>
    errors.find((item) => item.field.endsWith(field) && !item.field.includes("settings"))?.message;
  return (
    <Stack gap="md">
      <TextInput
        label={t("channel.name")}
        description={t("channel.nameText")}
        required
        maxLength={100}
        value={value.name}
        error={error("name")}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      {teams.length > 0 && (
        <Select
          label={t("channel.team")}
          description={t("channel.teamText")}
          data={[
            { value: NONE, label: t("thread.noTeam") },
            ...teams.map((team) => ({ value: team.id, label: team.name })),
          ]}
          value={value.team_id ?? NONE}
          onChange={(next) => onChange({ ...value, team_id: next === NONE ? null : next })}
        />
      )}
      <Select
        label={t("channel.senderRule")}
        description={t(`channel.senderRules.${value.sender_rule}Text`)}
        data={RULES.map((rule) => ({ value: rule, label: t(`channel.senderRules.${rule}`) }))}
        value={value.sender_rule}
        onChange={(next) => next !== null && onChange({ ...value, sender_rule: next as Channel["sender_rule"] })}
      />
      <NumberInput
        label={t("channel.reopen")}
        description={t("channel.reopenText")}
        min={0}
        max={3650}
        allowDecimal={false}
        value={Math.round(value.reopen_window / DAY)}
        error={error("reopen_window")}
        onChange={(next) => onChange({ ...value, reopen_window: Number(next) * DAY })}
      />
    </Stack>
  );
}
