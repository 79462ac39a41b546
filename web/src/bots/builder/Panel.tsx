/** The chosen step beside the drawing: all of it can be edited here, by keyboard alone. */
import { SegmentedControl, Select, TextInput } from "@mantine/core";
import { IconCopy, IconFlag, IconTrash, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n";
import { Broken, RowSkeletons } from "../../ui/States";
import { IconButton } from "../../ui/IconButton";
import { languageName } from "../languages";
import classes from "./builder.module.css";
import type { Change, Found } from "./Canvas";
import { StepField } from "./Fields";
import { connect, exitsOf, type Graph, list, removeSteps, setAnswer, setField, type Step, waysOf, word } from "./graph";
import { KindIcon } from "./KindIcon";
import { exitName, kindName, stepName } from "./names";
import { type Field, fieldsOf, flowSchemaQuery } from "./queries";

interface PanelProps {
  graph: Graph;
  step: Step;
  problems: readonly Found[];
  change: Change;
  choose: (id: string) => void;
  copy: () => void;
  mayWrite: boolean;
  /** Whether the keyboard goes on here. */
  byKey: boolean;
}

/** What most steps never need stands folded away. */
const SELDOM = new Set(
  "retry tries reminder remind_after timeout headers body seconds threshold confirm_text region least most".split(" "),
);

export function Panel({ graph, step, problems, change, choose, copy, mayWrite, byKey }: PanelProps) {
  const { t, i18n } = useTranslation();
  const schema = useQuery(flowSchemaQuery);
  const [tab, setTab] = useState(i18n.language);
  const language = graph.languages.includes(tab) ? tab : (graph.languages[0] ?? "en");
  if (schema.isPending) return <RowSkeletons rows={4} />;
  if (schema.isError) return <Broken error={schema.error} retry={() => void schema.refetch()} />;
  const fields = fieldsOf(schema.data, step.kind).filter((field) => fits(field, step));
  const speaks = fields.some((field) => field.sort === "texts" || field.sort === "options");
  const draw = (field: Field) => (
    <StepField
      key={`${step.id} ${field.name}`}
      field={field}
      step={step}
      language={language}
      set={(value) =>
        change(
          field.name === "answer"
            ? setAnswer(graph, step.id, word(value))
            : setField(graph, step.id, field.name, value),
          `${step.id} ${field.name} ${language}`,
        )
      }
    />
  );
  const seldom = fields.filter((field) => SELDOM.has(field.name));
  return (
    <fieldset className={classes.panel} disabled={!mayWrite} aria-label={stepName(t, step, i18n.language)}>
      <h2>
        <KindIcon kind={step.kind} /> {kindName(t, step.kind)}
        <IconButton variant="subtle" label={t("bots.builder.copy")} onClick={copy}>
          <IconCopy size={16} />
        </IconButton>
        <IconButton
          variant="subtle"
          label={t("bots.builder.makeFirst")}
          disabled={graph.start === step.id}
          onClick={() => change({ ...graph, start: step.id })}
        >
          <IconFlag size={16} />
        </IconButton>
        <IconButton
          variant="subtle"
          color="red"
          label={t("bots.builder.delete")}
          onClick={() => {
            change(removeSteps(graph, [step.id]));
            choose("");
          }}
        >
          <IconTrash size={16} />
        </IconButton>
        <IconButton variant="subtle" label={t("common.close")} onClick={() => choose("")}>
          <IconX size={16} />
        </IconButton>
      </h2>
      {problems.map((one) => (
        <p key={`${one.field} ${one.words}`} className={classes.bad} data-level={one.level}>
          {one.words}
        </p>
      ))}
      <TextInput
        autoFocus={byKey}
        label={t("bots.builder.label")}
        placeholder={step.id}
        maxLength={100}
        value={word(step.label)}
        onChange={(event) =>
          change(setField(graph, step.id, "label", event.currentTarget.value || undefined), `${step.id} label`)
        }
      />
      {speaks && graph.languages.length > 1 && (
        <SegmentedControl
          fullWidth
          aria-label={t("bots.builder.language")}
          value={language}
          onChange={setTab}
          data={graph.languages.map((code) => ({ value: code, label: languageName(code, i18n.language) }))}
        />
      )}
      {fields.filter((field) => !SELDOM.has(field.name)).map(draw)}
      {seldom.length > 0 && (
        <details>
          <summary>{t("bots.builder.more")}</summary>
          <div>{seldom.map(draw)}</div>
        </details>
      )}
      <Ways graph={graph} step={step} change={change} />
    </fieldset>
  );
}

function fits(field: Field, step: Step): boolean {
  if (step.kind !== "question") return true;
  if (field.name === "options") return step.answer === "choice" || list(step.options).length > 0;
  if (field.name === "least" || field.name === "most") return step.answer === "number";
  return field.name !== "region" || step.answer === "phone";
}

/** The exits as selects: what lines do in the drawing, without drawing. */
function Ways({ graph, step, change }: { graph: Graph; step: Step; change: Change }) {
  const { t, i18n } = useTranslation();
  const { needed, may } = waysOf(step, graph.languages);
  const exits = exitsOf(step);
  const known = [...needed, ...may];
  const ways = [...known, ...Object.keys(exits).filter((way) => !known.includes(way))];
  if (ways.length === 0) return null;
  const data = graph.steps.map((one) => ({
    value: one.id,
    label: `${stepName(t, one, i18n.language)} · ${kindName(t, one.kind)}`,
  }));
  return (
    <fieldset className={classes.group}>
      <legend>{t("bots.builder.leads")}</legend>
      {ways.map((way) => {
        const name = exitName(t, step, way, i18n.language);
        return (
          <div key={way} className={classes.way}>
            <span>{name}</span>
            <Select
              aria-label={name}
              placeholder={needed.includes(way) ? t("bots.builder.choose") : t("bots.builder.byItself")}
              error={needed.includes(way) && !exits[way]}
              clearable
              searchable
              data={data}
              value={exits[way] ?? null}
              onChange={(to) => change(connect(graph, step.id, way, to ?? ""))}
            />
          </div>
        );
      })}
    </fieldset>
  );
}
