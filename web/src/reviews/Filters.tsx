/** The filters of the review list: the common ones at hand, the rest one click away, and kept as a queue. */
import { Button, Checkbox, Modal, MultiSelect, NumberInput, Popover, Select, Stack, TextInput } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconDeviceFloppy, IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useMay, usePeople, useTeams } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { queuesQuery } from "./queries";
import classes from "./reviews.module.css";
import { countOf, type Filters as Given, FLAGS, kept, ORDERS, ruleOf } from "./search";

const DAYS = [1, 7, 30, 90, 365];
type Change = { [Key in keyof Given]: Given[Key] | undefined };

export function Filters({ filters }: { filters: Given }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayReview = useMay("reviews_write");
  const people = usePeople();
  const [saving, setSaving] = useState(false);
  const ask = (part: Change) => void navigate({ to: "/reviews", search: kept<Given>({ ...filters, ...part }) });
  const days = [...new Set([...DAYS, ...(filters.within_days === undefined ? [] : [filters.within_days])])];
  return (
    <div className={classes.filters} role="group" aria-label={t("reviews.filters.title")}>
      <Select
        aria-label={t("reviews.filters.reviewed")}
        data={[
          { value: "", label: t("reviews.filters.any") },
          { value: "false", label: t("reviews.filters.reviewedNo") },
          { value: "true", label: t("reviews.filters.reviewedYes") },
        ]}
        value={filters.reviewed === undefined ? "" : String(filters.reviewed)}
        onChange={(value) => ask({ reviewed: value === "" || value === null ? undefined : value === "true" })}
        allowDeselect={false}
        w={150}
      />
      {mayReview && (
        <MultiSelect
          aria-label={t("reviews.filters.agent")}
          placeholder={filters.agent === undefined ? t("reviews.filters.agent") : ""}
          data={[...people.values()].map((user) => ({ value: user.id, label: user.name }))}
          value={filters.agent ?? []}
          onChange={(agent) => ask({ agent })}
          searchable
          clearable
          miw={150}
          maw={280}
        />
      )}
      <Select
        aria-label={t("reviews.filters.days")}
        data={[
          { value: "", label: t("reviews.filters.daysAny") },
          ...days.map((count) => ({ value: String(count), label: t("reviews.filters.lastDays", { count }) })),
        ]}
        value={String(filters.within_days ?? "")}
        onChange={(value) => ask({ within_days: value === "" || value === null ? undefined : Number(value) })}
        allowDeselect={false}
        w={140}
      />
      <Select
        aria-label={t("reviews.filters.order")}
        data={ORDERS.map((one) => ({ value: one as string, label: t(`reviews.filters.orders.${one}`) }))}
        value={filters.order ?? "newest"}
        onChange={(value) => ask({ order: ORDERS.find((one) => one === value && one !== "newest") })}
        allowDeselect={false}
        w={180}
      />
      <More filters={filters} ask={ask} />
      {countOf(filters) > 0 && (
        <Button
          variant="subtle"
          leftSection={<IconX size={15} />}
          onClick={() => void navigate({ to: "/reviews", search: kept<Given>({ order: filters.order }) })}
        >
          {t("reviews.filters.clear")}
        </Button>
      )}
      {mayReview && countOf(filters) > 0 && (
        <Button variant="default" leftSection={<IconDeviceFloppy size={15} />} onClick={() => setSaving(true)}>
          {t("reviews.saveQueue")}
        </Button>
      )}
      <Modal opened={saving} onClose={() => setSaving(false)} title={t("reviews.saveQueue")}>
        <NewQueue filters={filters} close={() => setSaving(false)} />
      </Modal>
    </div>
  );
}

const NUMBERS = [
  ["min_seconds", "minSeconds", 360_000],
  ["max_seconds", "maxSeconds", 360_000],
  ["score_from", "scoreFrom", 100],
  ["score_below", "scoreBelow", 100],
  ["new_agents", "newAgents", 3650],
  ["sample", "sample", 100],
] as const;

function More({ filters, ask }: { filters: Given; ask(part: Change): void }) {
  const { t } = useTranslation();
  const teams = useTeams();
  const lines = [...useChannels().values()].filter(({ capabilities }) => capabilities.calls !== null);
  const { reviewed: _reviewed, agent: _agent, within_days: _days, ...rest } = filters;
  const set = countOf(rest);
  const named = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Popover position="bottom-start" withinPortal trapFocus>
      <Popover.Target>
        <Button variant={set > 0 ? "light" : "default"} leftSection={<IconAdjustmentsHorizontal size={15} />}>
          {t("reviews.filters.more")}
          {set > 0 && ` · ${set}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.moreFilters ?? ""}>
        <Select
          label={t("reviews.filters.direction")}
          data={(["inbound", "outbound"] as const).map((one) => ({
            value: one as string,
            label: t(`calls.directions.${one}`),
          }))}
          value={filters.direction ?? null}
          onChange={(value) => ask({ direction: value === "inbound" || value === "outbound" ? value : undefined })}
          clearable
        />
        <MultiSelect
          label={t("reviews.filters.flags")}
          data={FLAGS.map((one) => ({ value: one as string, label: t(`reviews.filters.flag.${one}`) }))}
          value={FLAGS.filter((one) => filters[one] === true)}
          onChange={(on) => ask(Object.fromEntries(FLAGS.map((one) => [one, on.includes(one) ? true : undefined])))}
        />
        <MultiSelect
          label={t("reviews.filters.line")}
          data={named(lines)}
          value={filters.channel ?? []}
          onChange={(channel) => ask({ channel })}
        />
        <MultiSelect
          label={t("reviews.filters.team")}
          data={named(teams)}
          value={filters.team ?? []}
          onChange={(team) => ask({ team })}
        />
        {NUMBERS.map(([name, text, most]) => (
          <NumberInput
            key={`${name} ${filters[name] ?? ""}`}
            label={t(`reviews.filters.${text}`)}
            min={name === "sample" || name === "new_agents" ? 1 : 0}
            max={most}
            defaultValue={filters[name] ?? ""}
            onBlur={({ currentTarget: { value } }) => {
              const next = value === "" ? undefined : Math.min(most, Number(value));
              if (next !== filters[name] && !Number.isNaN(next)) ask({ [name]: next });
            }}
          />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function NewQueue({ filters, close }: { filters: Given; close(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: () => body(client.POST("/reviews/queues", { body: { id, name, shared, rule: ruleOf(filters) } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: queuesQuery.queryKey });
      close();
      await navigate({ to: "/reviews", search: { queue: id } });
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
        <p className={classes.quiet}>{t("reviews.saveQueueText")}</p>
        <TextInput
          label={t("reviews.queueName")}
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={t("reviews.sharedQueue")}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        {save.isError && <p className={classes.problem}>{inWords(save.error)}</p>}
        <Button type="submit" loading={save.isPending}>
          {t("reviews.saveQueue")}
        </Button>
      </Stack>
    </form>
  );
}
