/** The fields of one step of a call plan, by its kind. */
import { MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { usePeople, useTeams } from "../api/hooks";
import { useTranslation } from "../i18n";
import { calendarsQuery } from "../reports/hoursQueries";
import { ChoicesField } from "./ChoicesField";
import classes from "./lines.module.css";
import { type Plan, type Prompt, said, type Step, withStep } from "./plan";
import { type Field, FIELDS, isHinted } from "./planFields";
import { MaybePrompt, PromptField } from "./PromptField";
import { linesQuery } from "./queries";
import { WayField } from "./WayField";

interface StepFieldsProps {
  plan: Plan;
  name: string;
  language: string;
  /** The words of what is wrong with a field. */
  wrong: (field: string) => string | undefined;
  change: (plan: Plan) => void;
}

const STRATEGIES = ["longest_idle", "all", "round_robin", "sticky"] as const;

export interface Offer {
  key: string;
  after_seconds: number;
  prompt: Prompt;
  thanks: Prompt;
  due_minutes: number;
}

export function StepFields({ plan, name, language, wrong, change }: StepFieldsProps) {
  const step = plan.nodes[name];
  if (step === undefined) return null;
  const set = (key: string, value: unknown, from = plan) =>
    change(withStep(from, name, { ...step, [key]: value } as Step));
  return (
    <div className={classes.fields}>
      {FIELDS[step.kind].map((field) => (
        <OneField
          key={field.key}
          field={field}
          value={step[field.key]}
          {...{ plan, name, language }}
          error={wrong(field.key)}
          set={(value, from) => set(field.key, value, from)}
        />
      ))}
    </div>
  );
}

interface OneFieldProps {
  field: Field;
  value: unknown;
  plan: Plan;
  name: string;
  language: string;
  error: string | undefined;
  set: (value: unknown, plan?: Plan) => void;
}

function OneField({ field, value, plan, name, language, error, set }: OneFieldProps) {
  const { t } = useTranslation();
  const teams = useTeams();
  const people = usePeople();
  const calendars = useQuery(calendarsQuery).data ?? [];
  const lines = useQuery(linesQuery).data ?? [];
  const label = t(`calls.lines.fields.${field.key}`);
  const hint = isHinted(field.key) ? t(`calls.lines.hints.${field.key}`) : undefined;
  const shared = { label, description: hint, error };
  const named = (list: readonly { id: string; name: string }[]) =>
    list.map((item) => ({ value: item.id, label: item.name }));
  switch (field.as) {
    case "prompt":
      return <PromptField label={label} hint={hint} error={error} value={value as Prompt} change={set} />;
    case "maybePrompt":
      return (
        <MaybePrompt
          label={label}
          hint={hint}
          error={error}
          language={language}
          value={value as Prompt | null}
          change={set}
        />
      );
    case "way":
      return (
        <WayField
          {...{ label, error, plan, language }}
          from={name}
          value={value as string}
          change={(changed, to) => set(to, changed)}
        />
      );
    case "choices":
      return (
        <ChoicesField
          {...{ plan, error, language }}
          from={name}
          value={value as Record<string, string>}
          change={(changed, choices) => set(choices, changed)}
        />
      );
    case "offer":
      return <OfferField label={label} value={value as Offer | null} language={language} set={set} />;
    case "flag":
      return <Switch {...shared} checked={value === true} onChange={(event) => set(event.currentTarget.checked)} />;
    case "seconds":
    case "minutes":
    case "count":
      return (
        <NumberInput
          {...shared}
          min={0}
          max={86_400}
          allowDecimal={false}
          suffix={field.as === "count" ? "" : ` ${t(`calls.lines.units.${field.as}`)}`}
          value={value as number}
          onChange={(typed) => set(Number(typed) || 0)}
        />
      );
    case "text":
      return (
        <TextInput {...shared} value={value as string} onChange={(event) => set(event.currentTarget.value.trim())} />
      );
    case "words":
      return <TagsInput {...shared} value={value as string[]} onChange={(chosen) => set(chosen)} />;
    case "agents":
      return (
        <MultiSelect
          {...shared}
          data={named([...people.values()])}
          value={value as string[]}
          onChange={(chosen) => set(chosen)}
          searchable
        />
      );
    case "strategy":
      return (
        <Select
          {...shared}
          allowDeselect={false}
          data={STRATEGIES.map((one) => ({ value: one, label: t(`calls.lines.strategies.${one}`) }))}
          value={value as string}
          onChange={(chosen) => set(chosen)}
        />
      );
    case "team":
      return (
        <Select
          {...shared}
          clearable
          placeholder={t("calls.lines.ownTeam")}
          data={named(teams)}
          value={value as string | null}
          onChange={(chosen) => set(chosen)}
        />
      );
    case "calendar":
      return (
        <Select
          {...shared}
          clearable
          placeholder={t("calls.lines.ownCalendar")}
          data={named(calendars)}
          value={value as string | null}
          onChange={(chosen) => set(chosen)}
        />
      );
    case "line":
      return (
        <Select
          {...shared}
          clearable
          data={named(lines)}
          value={value as string | null}
          onChange={(chosen) => set(chosen)}
        />
      );
  }
}

/** The offer to be called back instead of waiting. */
function OfferField({
  label,
  value,
  language,
  set,
}: {
  label: string;
  value: Offer | null;
  language: string;
  set: (offer: Offer | null) => void;
}) {
  const { t } = useTranslation();
  const begun = (): Offer => ({
    key: "1",
    after_seconds: 60,
    prompt: said(language),
    thanks: said(language),
    due_minutes: 60,
  });
  return (
    <>
      <Switch
        label={label}
        checked={value !== null}
        onChange={(event) => set(event.currentTarget.checked ? begun() : null)}
      />
      {value !== null && (
        <fieldset className={classes.group}>
          <legend>{label}</legend>
          <div className={classes.pair}>
            <TextInput
              label={t("calls.lines.key")}
              maxLength={1}
              value={value.key}
              onChange={(event) => set({ ...value, key: event.currentTarget.value })}
            />
            <NumberInput
              label={t("calls.lines.offerAfter")}
              suffix={` ${t("calls.lines.units.seconds")}`}
              min={0}
              value={value.after_seconds}
              onChange={(typed) => set({ ...value, after_seconds: Number(typed) || 0 })}
            />
            <NumberInput
              label={t("calls.lines.fields.due_minutes")}
              suffix={` ${t("calls.lines.units.minutes")}`}
              min={1}
              value={value.due_minutes}
              onChange={(typed) => set({ ...value, due_minutes: Number(typed) || 60 })}
            />
          </div>
          <PromptField
            label={t("calls.lines.offerText")}
            value={value.prompt}
            change={(prompt) => set({ ...value, prompt })}
          />
          <PromptField
            label={t("calls.lines.fields.thanks")}
            value={value.thanks}
            change={(thanks) => set({ ...value, thanks })}
          />
        </fieldset>
      )}
    </>
  );
}
