/** One target: what is wanted how soon, for whom, and when its time stands still. */
import { Button, Checkbox, MultiSelect, NumberInput, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PRIORITIES } from "../api/filter";
import { body, client } from "../api/client";
import { useChannels, useTeams } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import type { components } from "../api/schema";
import type { Priority } from "../api/types";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import classes from "./hours.module.css";

export type Target = components["schemas"]["TargetView"];
type Rule = components["schemas"]["RuleInput"];
const METRICS = ["first_response", "next_response", "resolution", "callback", "service_level"] as const;

export function TargetForm({ target, close }: { target: Target | null; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const channels = useChannels();
  const teams = useTeams();
  const [id] = useState(() => target?.id ?? newId());
  const [name, setName] = useState(target?.name ?? "");
  const [rule, setRule] = useState<Rule>(() => ({
    channels: target?.channels ?? [],
    teams: target?.teams ?? [],
    priorities: target?.priorities ?? [],
    tags: target?.tags ?? [],
    segments: target?.segments ?? [],
    goals: Object.fromEntries(target?.goals.map((goal) => [goal.metric, goal.seconds]) ?? [["first_response", 3600]]),
    share: target?.share ?? 0.8,
    business: target?.business ?? true,
    pause_when: target?.pause_when ?? ["pending"],
    pause_replies: target?.pause_replies ?? false,
    warn_after: target?.warn_after ?? 0.75,
    active: target?.active ?? true,
  }));
  const change = (part: Partial<Rule>) => setRule({ ...rule, ...part });
  const save = useMutation({
    mutationFn: async () => {
      if (target === null) await body(client.POST("/targets", { body: { id, name: name.trim(), rule } }));
      else
        await body(
          client.PATCH("/targets/{target_id}", {
            params: { path: { target_id: id } },
            body: { name: name.trim(), rule },
          }),
        );
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["targets"] });
      close();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t("reports.name")}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <fieldset className={classes.days}>
          <legend>{t("reports.targets.goals")}</legend>
          {METRICS.map((metric) => (
            <NumberInput
              key={metric}
              label={t(`reports.targets.metrics.${metric}`)}
              suffix={
                metric === "service_level" ? ` ${t("reports.targets.seconds")}` : ` ${t("reports.targets.minutes")}`
              }
              min={0}
              value={minutes(rule.goals[metric], metric)}
              onChange={(value) => {
                const seconds =
                  typeof value === "number" && value > 0 ? value * (metric === "service_level" ? 1 : 60) : null;
                change({ goals: { ...rule.goals, [metric]: seconds } });
              }}
            />
          ))}
        </fieldset>
        {(rule.goals.service_level ?? 0) > 0 && (
          <NumberInput
            label={t("reports.targets.share")}
            suffix=" %"
            min={1}
            max={100}
            value={Math.round((rule.share ?? 0.8) * 100)}
            onChange={(value) => change({ share: (Number(value) || 80) / 100 })}
          />
        )}
        <p className={classes.quiet}>{t("reports.targets.whom")}</p>
        <MultiSelect
          label={t("reports.channels")}
          data={[...channels.values()].map((channel) => ({ value: channel.id, label: channel.name }))}
          value={rule.channels ?? []}
          onChange={(value) => change({ channels: value })}
          clearable
        />
        <MultiSelect
          label={t("reports.teams")}
          data={teams.map((team) => ({ value: team.id, label: team.name }))}
          value={rule.teams ?? []}
          onChange={(value) => change({ teams: value })}
          clearable
        />
        <MultiSelect
          label={t("reports.targets.priorities")}
          data={PRIORITIES.map((priority) => ({ value: priority as string, label: t(`priority.${priority}`) }))}
          value={rule.priorities ?? []}
          onChange={(value) => change({ priorities: value as Priority[] })}
          clearable
        />
        <TagsInput
          label={t("reports.targets.tags")}
          value={rule.tags ?? []}
          onChange={(value) => change({ tags: value })}
        />
        <Segments segments={rule.segments ?? []} set={(segments) => change({ segments })} />
        <Switch
          label={t("reports.targets.inHours")}
          checked={rule.business ?? true}
          onChange={(event) => change({ business: event.currentTarget.checked })}
        />
        <Checkbox.Group
          label={t("reports.targets.pauseWhen")}
          value={rule.pause_when ?? []}
          onChange={(value) => change({ pause_when: value as NonNullable<Rule["pause_when"]> })}
        >
          <Stack gap={4} mt={4}>
            {(["pending", "snoozed"] as const).map((state) => (
              <Checkbox key={state} value={state} label={t(`state.${state}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Switch
          label={t("reports.targets.pauseReplies")}
          description={t("reports.targets.pauseRepliesText")}
          disabled={(rule.pause_when ?? []).length === 0}
          checked={rule.pause_replies ?? false}
          onChange={(event) => change({ pause_replies: event.currentTarget.checked })}
        />
        <NumberInput
          label={t("reports.targets.warn")}
          suffix=" %"
          min={1}
          max={100}
          value={Math.round((rule.warn_after ?? 0.75) * 100)}
          onChange={(value) => change({ warn_after: (Number(value) || 75) / 100 })}
        />
        <Switch
          label={t("reports.targets.active")}
          checked={rule.active ?? true}
          onChange={(event) => change({ active: event.currentTarget.checked })}
        />
        <p className={classes.quiet}>{t("reports.hours.past")}</p>
        {save.isError && (
          <p role="alert" className={classes.bad}>
            {inWords(save.error)}
          </p>
        )}
        <Button type="submit" loading={save.isPending}>
          {t("reports.save")}
        </Button>
      </Stack>
    </form>
  );
}

const minutes = (seconds: number | null | undefined, metric: string): number | "" =>
  seconds === null || seconds === undefined ? "" : seconds / (metric === "service_level" ? 1 : 60);

type Segment = components["schemas"]["Segment"];

/** Fields of the contact, such as Segment: VIP. */
function Segments({ segments, set }: { segments: readonly Segment[]; set: (segments: Segment[]) => void }) {
  const { t } = useTranslation();
  const edit = (index: number, part: Partial<Segment>) =>
    set(segments.map((segment, place) => (place === index ? { ...segment, ...part } : segment)));
  return (
    <fieldset className={classes.days}>
      <legend>{t("reports.targets.segments")}</legend>
      {segments.map((segment, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a field being entered has no other name
        <div key={index} className={classes.segment}>
          <TextInput
            aria-label={t("reports.targets.field")}
            placeholder={t("reports.targets.fieldExample")}
            required
            maxLength={100}
            value={segment.field}
            onChange={(event) => edit(index, { field: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t("reports.targets.value")}
            placeholder={t("reports.targets.valueExample")}
            required
            maxLength={100}
            value={segment.value}
            onChange={(event) => edit(index, { value: event.currentTarget.value })}
          />
          <IconButton
            label={t("reports.targets.removeSegment", { name: segment.field })}
            onClick={() => set(segments.filter((_, place) => place !== index))}
          >
            <IconTrash size={16} />
          </IconButton>
        </div>
      ))}
      <Button
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        onClick={() => set([...segments, { field: "", value: "" }])}
      >
        {t("reports.targets.addSegment")}
      </Button>
    </fieldset>
  );
}
