/** Targets: how soon whom is to be answered, and how they stand now. The first that fits counts. */
import { Button, Modal, MultiSelect, NumberInput, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { IconArrowUp, IconPencil, IconPlus, IconTargetArrow, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PRIORITIES } from "../api/filter";
import { body, client } from "../api/client";
import { useChannels, useMay, useTeams } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import type { components } from "../api/schema";
import type { Priority } from "../api/types";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { span } from "../ui/time";
import { toast } from "../ui/toast";
import classes from "./hours.module.css";
import { riskQuery, targetsQuery } from "./hoursQueries";

type Target = components["schemas"]["TargetView"];
type Rule = components["schemas"]["RuleInput"];
const METRICS = ["first_response", "next_response", "resolution", "callback", "service_level"] as const;

export default function Targets() {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const targets = useQuery(targetsQuery);
  const mayWrite = useMay("targets_write");
  const channels = useChannels();
  const teams = useTeams();
  const [editing, setEditing] = useState<Target | "new" | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ["targets"] });
  const failed = (error: unknown) => toast.failure(t("reports.hours.notSaved"), inWords(error));
  const remove = useMutation({
    mutationFn: (id: string) => body(client.DELETE("/targets/{target_id}", { params: { path: { target_id: id } } })),
    onSuccess: refresh,
    onError: failed,
  });
  const order = useMutation({
    mutationFn: (ids: string[]) => body(client.PUT("/targets", { body: { ids } })),
    onSuccess: refresh,
    onError: failed,
  });
  const list = targets.data ?? [];
  const whom = (target: Target) =>
    [
      ...target.channels.map((id) => channels.get(id)?.name ?? ""),
      ...target.teams.map((id) => teams.find((team) => team.id === id)?.name ?? ""),
      ...target.priorities.map((priority) => t(`priority.${priority}`)),
      ...target.tags,
      ...target.segments.map(({ field, value }) => `${field} = ${value}`),
    ].filter((words) => words !== "");
  return (
    <>
      <PageHead
        title={t("settings.targets.title")}
        text={t("settings.targets.text")}
        action={
          mayWrite && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")}>
              {t("reports.targets.add")}
            </Button>
          )
        }
      />
      <div className={settings.content}>
        {targets.isPending && <RowSkeletons rows={3} />}
        {targets.isError && <Broken error={targets.error} retry={() => void targets.refetch()} />}
        {targets.data?.length === 0 && (
          <Empty
            icon={<IconTargetArrow size={28} stroke={1.4} />}
            title={t("reports.targets.none")}
            text={t("reports.targets.noneText")}
          />
        )}
        <Risks />
        <ul className={classes.calendars}>
          {list.map((target, index) => (
            <li key={target.id}>
              <div className={classes.rowHead}>
                <strong>
                  {index + 1}. {target.name}
                </strong>
                {!target.active && <span className={classes.quiet}>{t("reports.targets.off")}</span>}
                <span className={classes.quiet}>
                  {target.goals
                    .map(
                      (goal) =>
                        `${t(`reports.targets.metrics.${goal.metric}`)} ${span(goal.seconds * 1000, i18n.language)}`,
                    )
                    .join(" · ")}
                </span>
                {mayWrite && (
                  <span>
                    {index > 0 && (
                      <IconButton
                        label={t("reports.targets.up", { name: target.name })}
                        onClick={() => {
                          const ids = list.map((one) => one.id);
                          order.mutate(ids.toSpliced(index, 1).toSpliced(index - 1, 0, target.id));
                        }}
                      >
                        <IconArrowUp size={16} />
                      </IconButton>
                    )}
                    <IconButton
                      label={t("reports.targets.edit", { name: target.name })}
                      onClick={() => setEditing(target)}
                    >
                      <IconPencil size={16} />
                    </IconButton>
                    <IconButton
                      label={t("reports.delete", { name: target.name })}
                      onClick={() => remove.mutate(target.id)}
                    >
                      <IconTrash size={16} />
                    </IconButton>
                  </span>
                )}
              </div>
              <p className={classes.quiet}>
                {whom(target).length === 0 ? t("reports.targets.everybody") : whom(target).join(", ")} ·{" "}
                {t(target.business ? "reports.targets.inHours" : "reports.targets.aroundTheClock")}
              </p>
            </li>
          ))}
        </ul>
      </div>
      {editing !== null && (
        <Modal opened onClose={() => setEditing(null)} title={t("reports.targets.target")} size="lg">
          <Form target={editing === "new" ? null : editing} close={() => setEditing(null)} />
        </Modal>
      )}
    </>
  );
}

function Risks() {
  const { t } = useTranslation();
  const found = useQuery(riskQuery).data ?? [];
  const sum = (of: "running" | "at_risk" | "breached") => found.reduce((total, risk) => total + risk[of], 0);
  if (sum("running") === 0) return null;
  return (
    <p className={classes.quiet} role="status">
      {t("reports.targets.now", { running: sum("running"), risk: sum("at_risk"), breached: sum("breached") })}
    </p>
  );
}

function Form({ target, close }: { target: Target | null; close: () => void }) {
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
        <Switch
          label={t("reports.targets.inHours")}
          checked={rule.business ?? true}
          onChange={(event) => change({ business: event.currentTarget.checked })}
        />
        <Switch
          label={t("reports.targets.pauseReplies")}
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
