/** Conditions of a rule: a field, a comparison, and what to compare with; all of them have to hold. */
import { Button, MultiSelect, Select, TagsInput, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { PRIORITIES } from "../api/filter";
import { useChannels, usePeople, useTeams } from "../api/hooks";
import { languageOptions } from "../bots/languages";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { type Condition, type Field, FIELDS, type Op, OPS, type ValueWord } from "./rules";
import classes from "./rules.module.css";

interface ConditionsProps {
  conditions: readonly Condition[];
  change: (conditions: readonly Condition[]) => void;
}

const FIRST: Condition = { field: "text", name: "", op: "contains", values: [] };

export function Conditions({ conditions, change }: ConditionsProps) {
  const { t } = useTranslation();
  return (
    <div>
      <ul className={classes.conditions}>
        {conditions.map((condition, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a condition is its place in the list
          <li key={index}>
            <Row condition={condition} change={(next) => change(conditions.with(index, next))} />
            <IconButton label={t("rules.takeCondition")} onClick={() => change(conditions.toSpliced(index, 1))}>
              <IconTrash size={16} />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button variant="default" leftSection={<IconPlus size={15} />} onClick={() => change([...conditions, FIRST])}>
        {t("rules.addCondition")}
      </Button>
    </div>
  );
}

function Row({ condition, change }: { condition: Condition; change: (condition: Condition) => void }) {
  const { t } = useTranslation();
  const ops = OPS[condition.field];
  const turn = (field: Field) => {
    const op = OPS[field].includes(condition.op) ? condition.op : (OPS[field][0] ?? "is_any");
    change({ field, name: "", op, values: [] });
  };
  return (
    <div className={classes.condition}>
      <Select
        aria-label={t("rules.field")}
        allowDeselect={false}
        value={condition.field}
        data={FIELDS.map((value) => ({ value, label: t(`rules.fields.${value}`) }))}
        onChange={(value) => turn(FIELDS.find((one) => one === value) ?? "text")}
      />
      {condition.field === "contact" && (
        <TextInput
          aria-label={t("rules.fieldName")}
          placeholder={t("rules.fieldName")}
          maxLength={100}
          value={condition.name}
          onChange={(event) => change({ ...condition, name: event.currentTarget.value })}
        />
      )}
      <Select
        aria-label={t("rules.op")}
        allowDeselect={false}
        value={condition.op}
        data={ops.map((value) => ({ value, label: t(`rules.ops.${value}`) }))}
        onChange={(value) => change({ ...condition, op: ops.find((one): one is Op => one === value) ?? "is_any" })}
      />
      {condition.op !== "empty" && condition.op !== "filled" && <Values condition={condition} change={change} />}
    </div>
  );
}

function Values({ condition, change }: { condition: Condition; change: (condition: Condition) => void }) {
  const { t } = useTranslation();
  const known = useKnown(condition.field);
  const common = {
    "aria-label": t("rules.values.label"),
    placeholder: condition.values.length === 0 ? t(condition.op === "matches" ? "rules.pattern" : "macros.choose") : "",
    value: [...condition.values],
    onChange: (values: string[]) => change({ ...condition, values }),
  };
  return known === null ? (
    <TagsInput {...common} acceptValueOnBlur />
  ) : (
    <MultiSelect {...common} data={known} searchable />
  );
}

/** What a field may be, where that is known. */
function useKnown(field: Field): { value: string; label: string }[] | null {
  const { t, i18n } = useTranslation();
  const channels = [...useChannels().values()];
  const people = [...usePeople().values()];
  const teams = useTeams();
  const named = (items: readonly { id: string; name: string }[]) =>
    items.map((one) => ({ value: one.id, label: one.name }));
  const words = (values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`rules.values.${value as ValueWord}`) }));
  switch (field) {
    case "channel":
      return named(channels);
    case "kind":
      return [...new Set(channels.map((one) => one.kind))].map((value) => ({ value, label: value }));
    case "team":
      return named(teams);
    case "assignee":
      return named(people.filter((one) => one.active));
    case "priority":
      return words(PRIORITIES);
    case "state":
      return words(["open", "pending", "snoozed", "resolved"]);
    case "hours":
      return words(["open", "closed"]);
    case "first":
      return words(["yes", "no"]);
    case "speaker":
      return words(["human", "bot", "nobody"]);
    case "language":
      return languageOptions(i18n.language);
    default:
      return null;
  }
}
