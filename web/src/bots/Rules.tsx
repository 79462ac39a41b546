/** Which messages wake which flow: the first rule that fits counts. */
import { Button, Modal, MultiSelect, Select, Stack, Switch, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useMay } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import settings from "../settings/settings.module.css";
import { IconButton } from "../ui/IconButton";
import { toast } from "../ui/toast";
import classes from "./bots.module.css";
import { type FlowRow, type Rule, rulesQuery } from "./queries";

export function Rules({ flows }: { flows: readonly FlowRow[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const channels = useChannels();
  const mayWrite = useMay("bots_write");
  const rules = useQuery(rulesQuery).data ?? [];
  const [adding, setAdding] = useState(false);
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
    onSuccess: refresh,
    onError: failed,
  });
  return (
    <>
      <h3 className={settings.section}>{t("bots.rules")}</h3>
      <p className={classes.quiet}>{t("bots.rulesText")}</p>
      <ul className={classes.flows}>
        {rules.map((rule) => (
          <li key={rule.id}>
            <span>
              <strong>{rule.name}</strong>
              <small>
                {[
                  rule.flow_id === null ? rule.bot : (flows.find((flow) => flow.id === rule.flow_id)?.name ?? ""),
                  rule.channel_ids.length === 0
                    ? t("bots.everyChannel")
                    : rule.channel_ids.map((id) => channels.get(id)?.name ?? "").join(", "),
                  t(`bots.hours.${rule.hours}`),
                  t(`bots.people.${rule.people}`),
                ].join(" · ")}
              </small>
            </span>
            <span className={classes.actions}>
              <Switch
                aria-label={t("bots.ruleOn", { name: rule.name })}
                checked={rule.active}
                disabled={!mayWrite}
                onChange={() => toggle.mutate(rule)}
              />
              {mayWrite && (
                <IconButton label={t("bots.removeRule", { name: rule.name })} onClick={() => remove.mutate(rule.id)}>
                  <IconTrash size={16} />
                </IconButton>
              )}
            </span>
          </li>
        ))}
      </ul>
      {mayWrite && flows.length > 0 && (
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
          {t("bots.addRule")}
        </Button>
      )}
      <Modal opened={adding} onClose={() => setAdding(false)} title={t("bots.addRule")}>
        {adding && (
          <Form
            flows={flows}
            place={rules.length}
            close={() => {
              setAdding(false);
              void refresh();
            }}
          />
        )}
      </Modal>
    </>
  );
}

function Form({ flows, place, close }: { flows: readonly FlowRow[]; place: number; close: () => void }) {
  const { t } = useTranslation();
  const channels = useChannels();
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [flowId, setFlowId] = useState(flows[0]?.id ?? null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [hours, setHours] = useState<Rule["hours"]>("any");
  const [people, setPeople] = useState<Rule["people"]>("anyone");
  const save = useMutation({
    mutationFn: () =>
      body(
        client.POST("/bots/rules", {
          body: {
            id,
            name: name.trim(),
            flow_id: flowId,
            bot: "",
            place,
            active: true,
            channel_ids: chosen,
            hours,
            people,
            begins: "new",
            after_human: "resolved",
          },
        }),
      ),
    onSuccess: close,
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
          label={t("bots.name")}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label={t("bots.flow")}
          value={flowId}
          onChange={setFlowId}
          data={flows.map((flow) => ({ value: flow.id, label: flow.name }))}
        />
        <MultiSelect
          label={t("bots.channels")}
          placeholder={chosen.length === 0 ? t("bots.everyChannel") : ""}
          value={chosen}
          onChange={setChosen}
          data={[...channels.values()].map((channel) => ({ value: channel.id, label: channel.name }))}
        />
        <Select
          label={t("bots.when")}
          value={hours}
          onChange={(value) => setHours(value as typeof hours)}
          data={(["any", "open", "closed"] as const).map((one) => ({
            value: one as string,
            label: t(`bots.hours.${one}`),
          }))}
        />
        <Select
          label={t("bots.who")}
          value={people}
          onChange={(value) => setPeople(value as typeof people)}
          data={(["anyone", "new", "known"] as const).map((one) => ({
            value: one as string,
            label: t(`bots.people.${one}`),
          }))}
        />
        {save.isError && (
          <p role="alert" className={classes.bad}>
            {inWords(save.error)}
          </p>
        )}
        <Button type="submit" loading={save.isPending}>
          {t("bots.save")}
        </Button>
      </Stack>
    </form>
  );
}
