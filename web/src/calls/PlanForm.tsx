/** A call plan as a form: where it begins, its steps in the order a caller meets them, and what holds for the line. */
import { Button, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useChannels } from "../api/hooks";
import { useTranslation } from "../i18n";
import classes from "./lines.module.css";
import { inOrder, type Plan, type Problem, renamed, said, without } from "./plan";
import { PromptField } from "./PromptField";
import { StepFields } from "./StepFields";
import { WayField } from "./WayField";

interface PlanFormProps {
  plan: Plan;
  problems: readonly Problem[];
  change: (plan: Plan) => void;
}

export function PlanForm({ plan, problems, change }: PlanFormProps) {
  const { t, i18n } = useTranslation();
  const language = languageOf(plan) ?? i18n.language;
  const wordsOf = (problem: Problem) => t(`calls.lines.problems.${problem.code}`, problem.parameters);
  const of = (step: string) => problems.filter((problem) => problem.step === step);
  const wrong = (step: string) => (field: string) => {
    const found = of(step).find((problem) => problem.field === field);
    return found === undefined ? undefined : wordsOf(found);
  };
  return (
    <>
      <section className={classes.section}>
        <h3>{t("calls.lines.way")}</h3>
        <WayField
          label={t("calls.lines.start")}
          plan={plan}
          value={plan.start}
          error={wrong("")("start")}
          language={language}
          change={(changed, start) => change({ ...changed, start })}
        />
        {inOrder(plan).map((name, index) => (
          <StepBox
            // oxlint-disable-next-line react/no-array-index-key -- a step keeps its place while its name is typed
            key={index}
            {...{ plan, name, language, change }}
            wrong={wrong(name)}
            words={of(name).map(wordsOf)}
            ofStep={of(name)
              .filter((problem) => problem.field === "")
              .map(wordsOf)}
          />
        ))}
        <WayField
          label={t("calls.lines.afterHours")}
          plan={plan}
          value={plan.after_hours}
          none={t("calls.lines.afterHoursNone")}
          language={language}
          change={(changed, after_hours) => change({ ...changed, after_hours })}
        />
      </section>
      <Rest plan={plan} change={change} language={language} wrong={wrong("")} />
    </>
  );
}

/** The language that the plan's texts are in: that of the first one. */
function languageOf(plan: Plan): string | undefined {
  for (const step of Object.values(plan.nodes)) {
    const { prompt } = step;
    if (typeof prompt === "object" && prompt !== null && "language" in prompt) return String(prompt.language);
  }
  return undefined;
}

interface StepBoxProps {
  plan: Plan;
  name: string;
  language: string;
  change: (plan: Plan) => void;
  wrong: (field: string) => string | undefined;
  words: readonly string[];
  ofStep: readonly string[];
}

function StepBox({ plan, name, language, change, wrong, words, ofStep }: StepBoxProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const step = plan.nodes[name];
  if (step === undefined) return null;
  const prompt = step.prompt as { text?: string } | null | undefined;
  return (
    <details className={classes.step} data-bad={words.length > 0 || undefined}>
      <summary>
        <strong>{name}</strong>
        <span className={classes.quiet}>{t(`calls.lines.kinds.${step.kind}`)}</span>
        {words.length > 0 ? (
          <span className={classes.bad}>{words[0]}</span>
        ) : (
          <span className={classes.quiet}>{prompt?.text?.slice(0, 80)}</span>
        )}
      </summary>
      <div className={classes.body}>
        {ofStep.map((one) => (
          <p key={one} role="alert" className={classes.bad}>
            {one}
          </p>
        ))}
        <TextInput
          label={t("calls.lines.stepName")}
          maxLength={80}
          value={typed ?? name}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => {
            change(renamed(plan, name, (typed ?? name).trim()));
            setTyped(null);
          }}
        />
        <StepFields {...{ plan, name, language, wrong, change }} />
        <div>
          <Button variant="subtle" color="red" size="xs" onClick={() => change(without(plan, name))}>
            {t("calls.lines.removeStep", { name })}
          </Button>
        </div>
      </div>
    </details>
  );
}

interface RestProps {
  plan: Plan;
  change: (plan: Plan) => void;
  language: string;
  wrong: (field: string) => string | undefined;
}

/** What holds for the whole line: recording, pauses after calls, who is turned away, who was missed. */
function Rest({ plan, change, language, wrong }: RestProps) {
  const { t } = useTranslation();
  const channels = useChannels();
  const { block, missed_text: missed, listening } = plan;
  const set = (part: Partial<Plan>) => change({ ...plan, ...part });
  const writing = [...channels.values()].filter((channel) => channel.capabilities.calls === null);
  return (
    <section className={classes.section}>
      <h3>{t("calls.lines.wholeLine")}</h3>
      <Select
        label={t("calls.lines.recording")}
        description={plan.recording === "after_consent" ? t("calls.lines.consentNeeded") : undefined}
        allowDeselect={false}
        data={(["off", "on", "after_consent"] as const).map((value) => ({
          value: value as string,
          label: t(`calls.lines.recordings.${value}`),
        }))}
        value={plan.recording as string}
        onChange={(value) => set({ recording: value as Plan["recording"] })}
      />
      <Select
        label={t("calls.lines.listening")}
        description={t("calls.lines.listeningHint")}
        allowDeselect={false}
        data={(["nobody", "agent", "everybody"] as const).map((value) => ({
          value: value as string,
          label: t(`calls.lines.listeners.${value}`),
        }))}
        value={(listening?.to ?? "nobody") as string}
        onChange={(to) =>
          set({
            listening: to === "agent" || to === "everybody" ? { prompt: said(language), ...listening, to } : null,
          })
        }
      />
      {listening !== null && (
        <PromptField
          label={t("calls.lines.listeningSaid")}
          error={wrong("listening")}
          value={listening.prompt}
          change={(prompt) => set({ listening: { ...listening, prompt } })}
        />
      )}
      <div className={classes.pair}>
        <NumberInput
          label={t("calls.lines.wrapUp")}
          suffix={` ${t("calls.lines.units.seconds")}`}
          min={0}
          max={3600}
          value={plan.wrap_up_seconds}
          onChange={(value) => set({ wrap_up_seconds: Number(value) || 0 })}
        />
        <NumberInput
          label={t("calls.lines.short")}
          suffix={` ${t("calls.lines.units.seconds")}`}
          min={0}
          max={60}
          value={plan.short_seconds}
          onChange={(value) => set({ short_seconds: Number(value) || 0 })}
        />
      </div>
      <TextInput
        label={t("calls.lines.callerId")}
        description={t("calls.lines.callerIdHint")}
        value={plan.caller_id}
        onChange={(event) => set({ caller_id: event.currentTarget.value.trim() })}
      />
      <TagsInput
        label={t("calls.lines.results")}
        description={t("calls.lines.resultsHint")}
        value={plan.results}
        onChange={(results) => set({ results })}
      />
      <h3>{t("calls.lines.blocked")}</h3>
      <TagsInput
        label={t("calls.lines.blockedNumbers")}
        description={t("calls.lines.blockedHint")}
        value={block.numbers}
        onChange={(numbers) => set({ block: { ...block, numbers } })}
      />
      <Switch
        label={t("calls.lines.blockWithheld")}
        checked={block.withheld}
        onChange={(event) => set({ block: { ...block, withheld: event.currentTarget.checked } })}
      />
      <Select
        label={t("calls.lines.blockAnswer")}
        allowDeselect={false}
        data={(["reject", "busy"] as const).map((value) => ({
          value: value as string,
          label: t(`calls.lines.blockAnswers.${value}`),
        }))}
        value={block.answer as string}
        onChange={(value) => set({ block: { ...block, answer: value as "reject" | "busy" } })}
      />
      <h3>{t("calls.lines.missed")}</h3>
      <p className={classes.quiet}>{t("calls.lines.missedHint")}</p>
      <Select
        label={t("calls.lines.missedChannel")}
        clearable
        placeholder={t("calls.lines.missedOff")}
        data={writing.map((channel) => ({ value: channel.id, label: channel.name }))}
        value={missed?.channel_id ?? null}
        onChange={(channel_id) =>
          set({
            missed_text: channel_id === null ? null : { text: "", to: "opted_in", ...missed, channel_id },
          })
        }
      />
      {missed !== null && (
        <>
          <Textarea
            label={t("calls.lines.missedText")}
            description={t("calls.lines.missedTextHint")}
            autosize
            minRows={2}
            value={missed.text}
            onChange={(event) => set({ missed_text: { ...missed, text: event.currentTarget.value } })}
          />
          <Switch
            label={t("calls.lines.missedEverybody")}
            checked={missed.to === "everybody"}
            onChange={(event) =>
              set({ missed_text: { ...missed, to: event.currentTarget.checked ? "everybody" : "opted_in" } })
            }
          />
        </>
      )}
    </section>
  );
}
