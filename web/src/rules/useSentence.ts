/** Says in plain words what a rule does: when, if, then. */
import { useChannels, usePeople, useTeams } from "../api/hooks";
import { languageName } from "../bots/languages";
import { useTranslation } from "../i18n";
import { useWords } from "../macros/useWords";
import { span } from "../ui/time";
import type { Condition, RuleBody, ValueWord } from "./rules";

export function useSentence(): (body: RuleBody) => { when: string; if: string; does: string; later: string[] } {
  const { t, i18n } = useTranslation();
  const words = useWords();
  const condition = useConditionWords();
  const list = (items: readonly string[], type: "conjunction" | "disjunction") =>
    new Intl.ListFormat(i18n.language, { type }).format(items);
  return (body) => {
    const time = span((body.timing?.minutes ?? 0) * 60_000, i18n.language);
    const when = list(
      body.triggers.map((on) =>
        on === "contact_changed" && body.contact_fields.length > 0
          ? t("rules.fieldChanged", {
              fields: list(
                body.contact_fields.map((name) => `“${name}”`),
                "disjunction",
              ),
            })
          : t(`rules.on.${on}`, { time }),
      ),
      "disjunction",
    );
    const does = body.actions.map(words).join("; ");
    return {
      when: body.timing?.business === true ? `${when} (${t("rules.openMinutes")})` : when,
      if: list(body.conditions.map(condition), "conjunction"),
      does,
      later: body.steps.map((step) =>
        t("rules.stepSays", {
          time: span(((body.timing?.minutes ?? 0) * 60_000 * step.percent) / 100, i18n.language),
          actions: step.actions.map(words).join("; "),
        }),
      ),
    };
  };
}

export function useConditionWords(): (condition: Condition) => string {
  const { t, i18n } = useTranslation();
  const channels = useChannels();
  const people = usePeople();
  const teams = useTeams();
  const named = ({ field }: Condition, value: string): string => {
    switch (field) {
      case "channel":
        return channels.get(value)?.name ?? t("macros.gone");
      case "team":
        return teams.find((team) => team.id === value)?.name ?? t("macros.gone");
      case "assignee":
        return people.get(value)?.name ?? t("macros.gone");
      case "priority":
      case "state":
      case "hours":
      case "first":
      case "speaker":
        return t(`rules.values.${value as ValueWord}`);
      case "language":
        return languageName(value, i18n.language);
      default:
        return `“${value}”`;
    }
  };
  return (condition) => {
    const field = condition.field === "contact" ? condition.name : t(`rules.fields.${condition.field}`);
    const values = new Intl.ListFormat(i18n.language, { type: "disjunction" }).format(
      condition.values.map((value) => named(condition, value)),
    );
    return [field, t(`rules.ops.${condition.op}`), values].filter((part) => part !== "").join(" ");
  };
}
