/** Where a caller goes on: another step, a new one put in between, or the end of the call. */
import { Select } from "@mantine/core";
import { useTranslation } from "../i18n";
import { freeName, fresh, inOrder, type Kind, KINDS, type Plan, withStep } from "./plan";

interface WayFieldProps {
  label: string;
  plan: Plan;
  value: string;
  error?: string | undefined;
  language: string;
  /** Words for leading nowhere; usually that the call ends. */
  none?: string;
  /** The step itself, which is not offered. */
  from?: string;
  /** Is given the plan with the new step, if one was made, and the name chosen. */
  change: (plan: Plan, to: string) => void;
}

const NEW = "new:";

export function WayField({ label, plan, value, error, language, none, from, change }: WayFieldProps) {
  const { t } = useTranslation();
  const kindOf = (chosen: string): Kind | undefined => KINDS.find((kind) => `${NEW}${kind}` === chosen);
  return (
    <Select
      label={label}
      error={error}
      allowDeselect={false}
      searchable
      value={value === "" ? "end:" : `to:${value}`}
      data={[
        {
          group: t("calls.lines.goOn"),
          items: [
            ...inOrder(plan)
              .filter((name) => name !== from)
              .map((name) => ({ value: `to:${name}`, label: name })),
            { value: "end:", label: none ?? t("calls.lines.end") },
          ],
        },
        {
          group: t("calls.lines.newStep"),
          items: KINDS.map((kind) => ({ value: `${NEW}${kind}`, label: `+ ${t(`calls.lines.kinds.${kind}`)}` })),
        },
      ]}
      onChange={(chosen) => {
        if (chosen === null) return;
        const kind = kindOf(chosen);
        if (kind === undefined) return change(plan, chosen === "end:" ? "" : chosen.slice(3));
        const name = freeName(plan, t(`calls.lines.kinds.${kind}`));
        change(withStep(plan, name, fresh(kind, value, language)), name);
      }}
    />
  );
}
