/** The fields of a step, each by its sort as the hub's schema says it. */
import { NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { usePeople, useTeams } from "../../api/hooks";
import { useTranslation } from "../../i18n";
import { calendarsQuery } from "../../reports/hoursQueries";
import { languageName } from "../languages";
import { flowsQuery } from "../queries";
import { list, record, type Step, textsOf, withText, word } from "./graph";
import { Files } from "./Files";
import { Cases, Options, Pairs, Takes } from "./Lists";
import { answerName, fieldName } from "./names";
import type { Field } from "./queries";

export interface FieldProps {
  field: Field;
  step: Step;
  language: string;
  /** Undefined takes the field out of the step. */
  set: (value: unknown) => void;
}

const LONG = new Set(["body", "instructions", "question"]);
const IDS = new Set(["team_id", "user_id", "flow_id", "calendar"]);

export function StepField({ field, step, language, set }: FieldProps) {
  const { t } = useTranslation();
  const label = fieldName(t, field.name);
  const value = step[field.name];
  switch (field.sort) {
    case "texts":
      return <InLanguage label={label} value={value} language={language} set={set} />;
    case "number":
      return (
        <NumberInput
          label={label}
          value={typeof value === "number" ? value : ""}
          {...(field.min === undefined ? {} : { min: field.min })}
          {...(field.max === undefined ? {} : { max: field.max })}
          onChange={(now) => set(typeof now === "number" ? now : undefined)}
        />
      );
    case "flag":
      return <Switch label={label} checked={value !== false} onChange={(event) => set(event.currentTarget.checked)} />;
    case "one":
      return (
        <Select
          label={label}
          allowDeselect={false}
          value={word(value)}
          data={field.among.map((one) => ({ value: one, label: answerName(t, one) }))}
          onChange={(now) => now !== null && set(now)}
        />
      );
    case "pairs":
      return <Pairs key={step.id} label={label} value={record(value)} set={set} />;
    case "words":
      return (
        <TagsInput
          label={label}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(now) => set(now.length > 0 ? now : undefined)}
        />
      );
    case "options":
      return <Options step={step} language={language} set={set} />;
    case "cases":
      return <Cases step={step} set={set} />;
    case "files":
      return <Files key={step.id} label={label} value={list(value)} set={set} />;
    case "take":
      return <Takes step={step} label={label} set={set} />;
    case "text":
      return <Plain field={field} step={step} set={set} />;
  }
}

/** A text in the language whose tab is open; what the other languages say stands below where this one is empty. */
export function InLanguage({
  label,
  value,
  language,
  set,
}: {
  label: string;
  value: unknown;
  language: string;
  set: (value: unknown) => void;
}) {
  const { i18n } = useTranslation();
  const texts = textsOf(value);
  const other = Object.entries(texts).find(([code, text]) => code !== language && text !== "");
  return (
    <Textarea
      label={label}
      lang={language}
      autosize
      minRows={2}
      maxRows={10}
      maxLength={4000}
      value={texts[language] ?? ""}
      {...(other !== undefined && !texts[language]
        ? { description: `${languageName(other[0], i18n.language)}: ${other[1]}` }
        : {})}
      onChange={(event) => set(withText(texts, language, event.currentTarget.value))}
    />
  );
}

function Plain({ field, step, set }: { field: Field; step: Step; set: (value: unknown) => void }) {
  const { t } = useTranslation();
  const value = word(step[field.name]);
  const label = fieldName(t, field.name);
  const write = (now: string) => set(now === "" && !field.required ? undefined : now);
  if (IDS.has(field.name)) return <Known name={field.name} label={label} value={value} set={set} />;
  if (field.name === "method")
    return (
      <Select
        label={label}
        allowDeselect={false}
        data={["GET", "POST"]}
        value={value || "GET"}
        onChange={(now) => write(now ?? "GET")}
      />
    );
  if (LONG.has(field.name))
    return (
      <Textarea
        label={label}
        autosize
        minRows={2}
        maxRows={10}
        value={value}
        onChange={(event) => write(event.currentTarget.value)}
      />
    );
  return <TextInput label={label} value={value} onChange={(event) => write(event.currentTarget.value)} />;
}

/** Something the hub knows by its id: a team, a colleague, another bot, a calendar. */
function Known(props: { name: string; label: string; value: string; set: (value: unknown) => void }) {
  const people = usePeople();
  const teams = useTeams();
  const flows = useQuery({ ...flowsQuery, enabled: props.name === "flow_id" }).data ?? [];
  const calendars = useQuery({ ...calendarsQuery, enabled: props.name === "calendar" }).data ?? [];
  const { t } = useTranslation();
  const all: Record<string, readonly { id: string; name: string }[]> = {
    team_id: teams,
    user_id: [...people.values()],
    flow_id: flows,
    calendar: calendars,
  };
  const data = (all[props.name] ?? []).map((one) => ({ value: one.id, label: one.name }));
  const lost = props.value !== "" && !data.some((one) => one.value === props.value);
  return (
    <Select
      label={props.label}
      placeholder={t("bots.builder.nobody")}
      clearable
      searchable
      data={lost ? [...data, { value: props.value, label: t("bots.builder.gone") }] : data}
      value={props.value || null}
      onChange={(now) => props.set(now ?? undefined)}
    />
  );
}
