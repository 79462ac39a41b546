/** Fields of a step that hold several lines: choices, cases, names with values, parts of an answer. */
import { Button, Select, TagsInput, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "../../i18n";
import { IconButton } from "../../ui/IconButton";
import classes from "./builder.module.css";
import { freeId, type Json, list, type Step, textsOf, withText, word } from "./graph";
import { fieldName, opName } from "./names";

type Set = (value: unknown) => void;
const OPS = ["is", "is_not", "contains", "starts_with", "filled", "empty", "more", "less", "in"];
const replaced = <Item,>(items: readonly Item[], at: number, item: Item): Item[] =>
  items.map((one, index) => (index === at ? item : one));
const without = <Item,>(items: readonly Item[], at: number): Item[] => items.filter((_, index) => index !== at);

function Group({ label, add, children }: { label: string; add: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      {children}
      <div>
        <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
          {t("bots.builder.addLine")}
        </Button>
      </div>
    </fieldset>
  );
}

function Remove({ name, remove }: { name: string; remove: () => void }) {
  const { t } = useTranslation();
  return (
    <IconButton variant="subtle" label={t("bots.builder.removeLine", { name })} onClick={remove}>
      <IconX size={15} />
    </IconButton>
  );
}

export function Options({ step, language, set }: { step: Step; language: string; set: Set }) {
  const { t } = useTranslation();
  const options = list(step.options);
  const ids = options.map((one) => word(one.id));
  const swap = (at: number) =>
    set(options.map((one, index) => (index === at - 1 ? options[at] : index === at ? options[at - 1] : one)));
  return (
    <Group
      label={fieldName(t, "options")}
      add={() => set([...options, { id: freeId(`option-${options.length + 1}`, ids), label: {} }])}
    >
      {options.map((option, at) => {
        const name = textsOf(option.label)[language] ?? "";
        return (
          <div key={ids[at]} className={classes.case}>
            <div className={classes.line} data-three>
              <TextInput
                style={{ gridColumn: "1 / 3" }}
                aria-label={t("bots.builder.choice", { number: at + 1 })}
                placeholder={t("bots.builder.choice", { number: at + 1 })}
                lang={language}
                value={name}
                onChange={(event) =>
                  set(
                    replaced(options, at, {
                      ...option,
                      label: withText(option.label, language, event.currentTarget.value),
                    }),
                  )
                }
              />
              <span className={classes.tools}>
                <IconButton variant="subtle" label={t("bots.builder.up")} disabled={at === 0} onClick={() => swap(at)}>
                  <IconArrowUp size={15} />
                </IconButton>
                <IconButton
                  variant="subtle"
                  label={t("bots.builder.down")}
                  disabled={at === options.length - 1}
                  onClick={() => swap(at + 1)}
                >
                  <IconArrowDown size={15} />
                </IconButton>
              </span>
              <Remove name={name || `${at + 1}`} remove={() => set(without(options, at))} />
            </div>
            <TagsInput
              mt={6}
              aria-label={t("bots.builder.also")}
              placeholder={t("bots.builder.also")}
              value={Array.isArray(option.also) ? option.also.map(String) : []}
              onChange={(also) => set(replaced(options, at, { ...option, also }))}
            />
          </div>
        );
      })}
    </Group>
  );
}

export function Cases({ step, set }: { step: Step; set: Set }) {
  const { t } = useTranslation();
  const cases = list(step.cases);
  const ids = cases.map((one) => word(one.id));
  const empty = { field: "", op: "is", value: "" };
  return (
    <Group
      label={fieldName(t, "cases")}
      add={() => set([...cases, { id: freeId(`case-${cases.length + 1}`, ids), all: [empty] }])}
    >
      {cases.map((one, at) => {
        const tests = list(one.all);
        const put = (all: Json[]) => set(all.length === 0 ? without(cases, at) : replaced(cases, at, { ...one, all }));
        return (
          <fieldset key={ids[at]} className={`${classes.group} ${classes.case}`}>
            <legend>{t("bots.builder.case", { number: at + 1 })}</legend>
            {tests.map((test, index) => (
              <Comparison
                // oxlint-disable-next-line react/no-array-index-key -- comparisons have no id
                key={index}
                test={test}
                put={(now) => put(now === null ? without(tests, index) : replaced(tests, index, now))}
              />
            ))}
            <div>
              <Button size="compact-sm" variant="subtle" onClick={() => put([...tests, empty])}>
                {t("bots.builder.andAlso")}
              </Button>
            </div>
          </fieldset>
        );
      })}
    </Group>
  );
}

function Comparison({ test, put }: { test: Json; put: (now: Json | null) => void }) {
  const { t } = useTranslation();
  const op = word(test.op);
  return (
    <div className={classes.line} data-three>
      <TextInput
        aria-label={t("bots.builder.field")}
        placeholder={t("bots.builder.field")}
        value={word(test.field)}
        onChange={(event) => put({ ...test, field: event.currentTarget.value })}
      />
      <Select
        aria-label={t("bots.builder.compare")}
        allowDeselect={false}
        data={OPS.map((value) => ({ value, label: opName(t, value) }))}
        value={op}
        comboboxProps={{ width: 180, position: "bottom-start" }}
        onChange={(now) => put({ ...test, op: now ?? op })}
      />
      <TextInput
        aria-label={t("bots.builder.value")}
        placeholder={t("bots.builder.value")}
        disabled={op === "filled" || op === "empty"}
        value={word(test.value)}
        onChange={(event) => put({ ...test, value: event.currentTarget.value })}
      />
      <Remove name={word(test.field)} remove={() => put(null)} />
    </div>
  );
}

/** Names with values. A line without a name is kept here only until it gets one. */
export function Pairs({ label, value, set }: { label: string; value: Json; set: Set }) {
  const { t } = useTranslation();
  const [lines, setLines] = useState(() => Object.entries(value).map(([name, one]) => [name, String(one)] as const));
  const put = (now: (readonly [string, string])[]) => {
    setLines(now);
    set(Object.fromEntries(now.filter(([name]) => name.trim() !== "")));
  };
  return (
    <Group label={label} add={() => setLines([...lines, ["", ""]])}>
      {lines.map(([name, one], at) => (
        // oxlint-disable-next-line react/no-array-index-key -- the name itself is being typed
        <div key={at} className={classes.line}>
          <TextInput
            aria-label={t("bots.builder.field")}
            placeholder={t("bots.builder.field")}
            value={name}
            onChange={(event) => put(replaced(lines, at, [event.currentTarget.value, one]))}
          />
          <TextInput
            aria-label={t("bots.builder.value")}
            placeholder={t("bots.builder.value")}
            value={one}
            onChange={(event) => put(replaced(lines, at, [name, event.currentTarget.value]))}
          />
          <Remove name={name} remove={() => put(without(lines, at))} />
        </div>
      ))}
    </Group>
  );
}

export function Takes({ step, label, set }: { step: Step; label: string; set: Set }) {
  const { t } = useTranslation();
  const takes = list(step.take);
  return (
    <Group label={label} add={() => set([...takes, { path: "", save_as: "" }])}>
      {takes.map((take, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- these lines have no id
        <div key={at} className={classes.line}>
          {(["path", "save_as"] as const).map((name) => (
            <TextInput
              key={name}
              aria-label={fieldName(t, name)}
              placeholder={fieldName(t, name)}
              value={word(take[name])}
              onChange={(event) => set(replaced(takes, at, { ...take, [name]: event.currentTarget.value }))}
            />
          ))}
          <Remove name={word(take.path)} remove={() => set(without(takes, at))} />
        </div>
      ))}
    </Group>
  );
}
