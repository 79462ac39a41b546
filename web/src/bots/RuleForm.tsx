/** One rule: which bot it wakes, where, when, for whom, and whether it comes back after a person. */
import { Button, MultiSelect, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { calendarsQuery } from "../reports/hoursQueries";
import classes from "./bots.module.css";
import type { OutsideBot } from "./outsideQueries";
import type { FlowRow, Rule } from "./queries";

interface RuleFormProps {
  /** Null for a new one. */
  rule: Rule | null;
  flows: readonly FlowRow[];
  outside: readonly OutsideBot[];
  place: number;
  saved: () => void;
}

export function RuleForm({ rule, flows, outside, place, saved }: RuleFormProps) {
  const { t } = useTranslation();
  const channels = useChannels();
  const calendars = useQuery(calendarsQuery).data ?? [];
  const [id] = useState(() => rule?.id ?? newId());
  const [given, setGiven] = useState(() => ({
    name: rule?.name ?? "",
    bot: rule === null ? (flows[0]?.id ?? "") : (rule.flow_id ?? rule.bot),
    channel_ids: rule?.channel_ids ?? [],
    hours: rule?.hours ?? "any",
    calendar: rule?.calendar ?? "",
    people: rule?.people ?? "anyone",
    begins: rule?.begins ?? "new",
    after_human: rule?.after_human ?? "resolved",
  }));
  const set = (change: Partial<typeof given>) => setGiven((before) => ({ ...before, ...change }));
  const save = useMutation({
    mutationFn: () => {
      const { bot, calendar, name, ...others } = given;
      const wakes = bot.startsWith("outside:") ? { bot } : { flow_id: bot };
      const shared = { ...others, name: name.trim(), ...(calendar === "" ? {} : { calendar }) };
      return rule === null
        ? body(client.POST("/bots/rules", { body: { bot: "", ...shared, ...wakes, id, place, active: true } }))
        : body(
            client.PATCH("/bots/rules/{rule_id}", {
              params: { path: { rule_id: id } },
              body: { ...shared, ...(bot.startsWith("outside:") ? {} : wakes), own_calendar: calendar === "" },
            }),
          );
    },
    onSuccess: saved,
  });
  // A rule's bot outside is its own for good; another bot is another rule.
  const bots = [
    ...(rule === null || rule.flow_id !== null ? flows.map((flow) => ({ value: flow.id, label: flow.name })) : []),
    ...(rule === null || rule.flow_id === null
      ? outside.map((bot) => ({ value: `outside:${bot.id}`, label: bot.name }))
      : []),
  ];
  const asleep = flows.find((flow) => flow.id === given.bot)?.published === null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap={12}>
        <TextInput
          label={t("bots.name")}
          required
          maxLength={100}
          value={given.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          data-autofocus
        />
        <Select
          label={t("bots.flow")}
          allowDeselect={false}
          value={given.bot}
          onChange={(bot) => set({ bot: bot ?? "" })}
          data={bots}
          error={asleep && t("bots.notPublished")}
        />
        <MultiSelect
          label={t("bots.channels")}
          placeholder={given.channel_ids.length === 0 ? t("bots.chooseChannels") : ""}
          required
          searchable
          value={[...given.channel_ids]}
          onChange={(channel_ids) => set({ channel_ids })}
          data={[...channels.values()].map((channel) => ({ value: channel.id, label: channel.name }))}
        />
        <Select
          label={t("bots.when")}
          allowDeselect={false}
          value={given.hours}
          onChange={(hours) => set({ hours: hours as Rule["hours"] })}
          data={(["any", "open", "closed"] as const).map((one) => ({
            value: one as string,
            label: t(`bots.hours.${one}`),
          }))}
        />
        {given.hours !== "any" && (
          <Select
            label={t("bots.byCalendar")}
            placeholder={t("bots.ownCalendar")}
            clearable
            value={given.calendar || null}
            onChange={(calendar) => set({ calendar: calendar ?? "" })}
            data={calendars.map((calendar) => ({ value: calendar.id, label: calendar.name }))}
          />
        )}
        <Select
          label={t("bots.who")}
          allowDeselect={false}
          value={given.people}
          onChange={(people) => set({ people: people as Rule["people"] })}
          data={(["anyone", "new", "known"] as const).map((one) => ({
            value: one as string,
            label: t(`bots.people.${one}`),
          }))}
        />
        <Select
          label={t("bots.beginsAt")}
          allowDeselect={false}
          value={given.begins}
          onChange={(begins) => set({ begins: begins as Rule["begins"] })}
          data={(["new", "waiting"] as const).map((one) => ({ value: one as string, label: t(`bots.begins.${one}`) }))}
        />
        <Select
          label={t("bots.afterPerson")}
          allowDeselect={false}
          value={given.after_human}
          onChange={(after) => set({ after_human: after as Rule["after_human"] })}
          data={(["resolved", "never"] as const).map((one) => ({
            value: one as string,
            label: t(`bots.afterHuman.${one}`),
          }))}
        />
        {save.isError && (
          <p role="alert" className={classes.bad}>
            {inWords(save.error)}
          </p>
        )}
        <Button
          type="submit"
          loading={save.isPending}
          disabled={given.name.trim() === "" || given.channel_ids.length === 0 || given.bot === ""}
          style={{ alignSelf: "end" }}
        >
          {t("bots.save")}
        </Button>
      </Stack>
    </form>
  );
}
