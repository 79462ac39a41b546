/** Which messages wake which flow: the first rule that fits counts. */
import { Button, Modal, Switch } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import settings from "../settings/settings.module.css";
import { Confirm } from "../ui/Confirm";
import { IconButton } from "../ui/IconButton";
import { Broken, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import classes from "./bots.module.css";
import { outsideBotsQuery } from "./outsideQueries";
import { type FlowRow, type Rule, rulesQuery } from "./queries";
import { RuleForm } from "./RuleForm";

export function Rules({ flows }: { flows: readonly FlowRow[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const channels = useChannels();
  const mayWrite = useMay("bots_write");
  const asked = useQuery(rulesQuery);
  const rules = asked.data ?? [];
  const outside = useQuery({ ...outsideBotsQuery, enabled: useMay("outside_bots_write") }).data ?? [];
  const [editing, setEditing] = useState<Rule | "new" | null>(null);
  const [removing, setRemoving] = useState<Rule | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ["bots", "rules"] });
  const failed = (error: unknown) => toast.failure(t("bots.notDone"), inWords(error));
  const toggle = useMutation({
    mutationFn: (rule: Rule) =>
      body(
        client.PATCH("/bots/rules/{rule_id}", {
          params: { path: { rule_id: rule.id } },
          body: { active: !rule.active, own_calendar: false },
        }),
      ),
    onSuccess: refresh,
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: (id: string) => body(client.DELETE("/bots/rules/{rule_id}", { params: { path: { rule_id: id } } })),
    onSuccess: () => setRemoving(null),
    onError: failed,
    onSettled: refresh,
  });
  const move = useMutation({
    mutationFn: async (order: readonly Rule[]) => {
      for (const [place, rule] of order.entries())
        if (rule.place !== place)
          await body(
            client.PATCH("/bots/rules/{rule_id}", {
              params: { path: { rule_id: rule.id } },
              body: { place, own_calendar: false },
            }),
          );
    },
    onError: failed,
    onSettled: refresh,
  });
  const swapped = (at: number): readonly Rule[] =>
    rules.map((rule, index) => (index === at - 1 ? rules[at] : index === at ? rules[at - 1] : rule) ?? rule);
  const wakes = (rule: Rule) =>
    [...flows, ...outside.map((bot) => ({ ...bot, id: `outside:${bot.id}` }))].find(
      (one) => one.id === (rule.flow_id ?? rule.bot),
    )?.name ?? t("bots.builder.gone");
  const asleep = (rule: Rule) => flows.some((flow) => flow.id === rule.flow_id && flow.published === null);
  const told = (rule: Rule) =>
    [
      wakes(rule),
      rule.channel_ids.map((id) => channels.get(id)?.name ?? t("bots.builder.gone")).join(", ") || t("bots.nowhere"),
      t(`bots.hours.${rule.hours}`),
      t(`bots.people.${rule.people}`),
      ...(rule.begins === "waiting" ? [t("bots.begins.waiting")] : []),
      ...(rule.after_human === "never" ? [t("bots.afterHuman.never")] : []),
      ...(asleep(rule) ? [t("bots.asleep")] : []),
    ].join(" · ");
  return (
    <>
      <h3 className={settings.section}>{t("bots.rules")}</h3>
      <p className={classes.quiet}>{t("bots.rulesText")}</p>
      {asked.isPending && <RowSkeletons rows={2} />}
      {asked.isError && <Broken error={asked.error} retry={() => void asked.refetch()} />}
      {asked.isSuccess && rules.length === 0 && <p>{t("bots.noRules")}</p>}
      <ol className={classes.flows}>
        {rules.map((rule, at) => (
          <li key={rule.id}>
            <span className={classes.rule}>
              <strong>{rule.name}</strong>
              <small>{told(rule)}</small>
            </span>
            <span className={classes.actions}>
              <Switch
                aria-label={t("bots.ruleOn", { name: rule.name })}
                checked={rule.active}
                disabled={!mayWrite}
                onChange={() => toggle.mutate(rule)}
              />
              {mayWrite && (
                <>
                  <IconButton
                    variant="subtle"
                    label={t("bots.ruleUp", { name: rule.name })}
                    disabled={at === 0 || move.isPending}
                    onClick={() => move.mutate(swapped(at))}
                  >
                    <IconArrowUp size={16} />
                  </IconButton>
                  <IconButton
                    variant="subtle"
                    label={t("bots.ruleDown", { name: rule.name })}
                    disabled={at === rules.length - 1 || move.isPending}
                    onClick={() => move.mutate(swapped(at + 1))}
                  >
                    <IconArrowDown size={16} />
                  </IconButton>
                  <IconButton
                    variant="subtle"
                    label={t("bots.editRule", { name: rule.name })}
                    onClick={() => setEditing(rule)}
                  >
                    <IconPencil size={16} />
                  </IconButton>
                  <IconButton
                    variant="subtle"
                    label={t("bots.removeRule", { name: rule.name })}
                    onClick={() => setRemoving(rule)}
                  >
                    <IconTrash size={16} />
                  </IconButton>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      {mayWrite && flows.length + outside.length > 0 && (
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")}>
          {t("bots.addRule")}
        </Button>
      )}
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={editing === null || editing === "new" ? t("bots.addRule") : editing.name}
      >
        {editing !== null && (
          <RuleForm
            rule={editing === "new" ? null : editing}
            flows={flows}
            outside={outside}
            place={rules.length}
            saved={() => {
              setEditing(null);
              void refresh();
            }}
          />
        )}
      </Modal>
      {removing !== null && (
        <Confirm
          title={t("bots.removeRule", { name: removing.name })}
          text={t("bots.removeRuleText")}
          action={t("bots.removeIt")}
          busy={remove.isPending}
          confirm={() => remove.mutate(removing.id)}
          close={() => setRemoving(null)}
        />
      )}
    </>
  );
}
