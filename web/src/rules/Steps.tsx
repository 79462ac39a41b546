/** Further steps of an escalation: before the time is up, and after it. */
import { Button, NumberInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "../i18n";
import { ActionList } from "../macros/ActionList";
import { IconButton } from "../ui/IconButton";
import type { Step } from "./rules";
import classes from "./rules.module.css";

const MOST = 5;

export function Steps({ steps, change }: { steps: readonly Step[]; change: (steps: readonly Step[]) => void }) {
  const { t } = useTranslation();
  const next = [50, 200, 300, 400, 75].find((percent) => steps.every((step) => step.percent !== percent)) ?? 150;
  return (
    <fieldset className={classes.part}>
      <legend>{t("rules.steps")}</legend>
      {steps.map((step, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a step is its place in the list
        <div key={index} className={classes.step}>
          <div className={classes.stepHead}>
            <NumberInput
              label={t("rules.percent")}
              suffix=" %"
              min={1}
              max={1000}
              value={step.percent}
              onChange={(value) => change(steps.with(index, { ...step, percent: Math.round(Number(value)) }))}
            />
            <IconButton label={t("rules.takeStep")} onClick={() => change(steps.toSpliced(index, 1))}>
              <IconTrash size={16} />
            </IconButton>
          </div>
          <ActionList actions={step.actions} change={(actions) => change(steps.with(index, { ...step, actions }))} />
        </div>
      ))}
      {steps.length < MOST && (
        <Button
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => change([...steps, { percent: next, actions: [] }])}
        >
          {t("rules.addStep")}
        </Button>
      )}
    </fieldset>
  );
}
