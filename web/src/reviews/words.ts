/** What was answered to a question, in the words of its scorecard. */
import { useTranslation } from "../i18n";
import type { components } from "../api/schema";
import type { Question } from "./queries";

type Answer = components["schemas"]["Answer"];

export function useAnswerWords(): (question: Question, answer: Answer) => string {
  const { t } = useTranslation();
  return (question, { value, na }) => {
    if (na) return t("reviews.notApplicable");
    if (value === null) return "—";
    if (question.kind === "yes_no") return t(value === "yes" ? "reviews.yes" : "reviews.no");
    return question.choices.find(({ key }) => key === value)?.label ?? value;
  };
}
