/** The keys of a menu, each with the step it leads to. */
import { Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import classes from "./lines.module.css";
import type { Plan } from "./plan";
import { WayField } from "./WayField";

interface ChoicesFieldProps {
  plan: Plan;
  from: string;
  value: Readonly<Record<string, string>>;
  error?: string | undefined;
  language: string;
  change: (plan: Plan, choices: Record<string, string>) => void;
}

const DIGITS = [..."1234567890*#"];

export function ChoicesField({ plan, from, value, error, language, change }: ChoicesFieldProps) {
  const { t } = useTranslation();
  const rows = Object.entries(value);
  const next = DIGITS.find((digit) => !Object.hasOwn(value, digit));
  return (
    <fieldset className={classes.group}>
      <legend>{t("calls.lines.fields.choices")}</legend>
      {rows.map(([key, to], index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the key of a row is what is typed into it
        <div key={index} className={classes.choice}>
          <TextInput
            label={t("calls.lines.key")}
            value={key}
            maxLength={5}
            onChange={(event) => {
              const typed = event.currentTarget.value.trim();
              if (!Object.hasOwn(value, typed))
                change(plan, Object.fromEntries(rows.map(([old, target]) => [old === key ? typed : old, target])));
            }}
          />
          <WayField
            label={t("calls.lines.leadsTo", { key })}
            plan={plan}
            from={from}
            value={to}
            language={language}
            change={(changed, target) => change(changed, { ...value, [key]: target })}
          />
          <IconButton
            label={t("calls.lines.removeKey", { key })}
            onClick={() => change(plan, Object.fromEntries(rows.filter(([other]) => other !== key)))}
          >
            <IconTrash size={16} />
          </IconButton>
        </div>
      ))}
      {error !== undefined && <p className={classes.bad}>{error}</p>}
      {next !== undefined && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => change(plan, { ...value, [next]: "" })}
        >
          {t("calls.lines.addKey")}
        </Button>
      )}
    </fieldset>
  );
}
