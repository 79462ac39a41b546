/** A scorecard's questions with answers and the total they earn; given to whoever fills it in, or read only. */
import { Checkbox, Radio, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../i18n";
import { type Answer, earnedQuery, type Question, type Scorecard } from "./queries";
import classes from "./reviews.module.css";
import { useAnswerWords } from "./words";

interface Props {
  card: Scorecard;
  answers: readonly Answer[];
  /** Takes new answers; null where nothing can be changed. */
  change: ((answers: readonly Answer[]) => void) | null;
  /** Tells this card's radio buttons from those of another. */
  name: string;
}

export function Questions({ card, answers, change, name }: Props) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(answers, 200);
  const earned = useQuery(earnedQuery(card, settled)).data;
  const questions = card.sections.flatMap((section) => section.questions);
  const failedBy = earned?.failed_by.map((key) => questions.find((one) => one.key === key)?.text ?? key) ?? [];
  const say = (question: string, part: Partial<Answer>) => {
    const before = answers.find((one) => one.question === question) ?? { question };
    change?.([...answers.filter((one) => one.question !== question), { ...before, ...part }]);
  };
  return (
    <>
      <p className={classes.total} data-tone={earned?.passed === false || failedBy.length > 0 ? "bad" : "plain"}>
        <span>{card.name}</span>
        <output aria-label={t("reviews.total")}>
          {typeof earned?.percent === "number" ? `${earned.percent} %` : "—"}
        </output>
        {typeof earned?.passed === "boolean" && (
          <span>{t(earned.passed ? "reviews.passed" : "reviews.notPassed")}</span>
        )}
      </p>
      {failedBy.length > 0 && (
        <p className={classes.problem}>{t("reviews.failedBy", { questions: failedBy.join(", ") })}</p>
      )}
      {card.sections.map((section) => {
        const percent = earned?.sections.find(({ key }) => key === section.key)?.percent;
        return (
          <fieldset key={section.key}>
            <legend>
              {section.title}
              <small>{typeof percent === "number" ? ` ${percent} %` : ""}</small>
            </legend>
            {section.questions.map((question) =>
              change === null ? (
                <Answered
                  key={question.key}
                  question={question}
                  answer={answers.find((one) => one.question === question.key)}
                />
              ) : (
                <Asked
                  key={question.key}
                  question={question}
                  answer={answers.find((one) => one.question === question.key)}
                  say={(part) => say(question.key, part)}
                  name={`${name}-${question.key}`}
                />
              ),
            )}
          </fieldset>
        );
      })}
    </>
  );
}

/** What was answered, for everybody but who fills it in. */
function Answered({ question, answer }: { question: Question; answer: Answer | undefined }) {
  const words = useAnswerWords();
  const said = answer === undefined ? "—" : words(question, { value: null, na: false, note: "", ...answer });
  return (
    <div className={classes.answered}>
      <span>{question.text}</span>
      <strong data-tone={answer?.value && question.fails.includes(answer.value) ? "bad" : "plain"}>{said}</strong>
      {answer?.note !== undefined && answer.note !== "" && <p>{answer.note}</p>}
    </div>
  );
}

interface AskedProps {
  question: Question;
  answer: Answer | undefined;
  name: string;
  say(part: Partial<Answer>): void;
}

function Asked({ question, answer, name, say }: AskedProps) {
  const { t } = useTranslation();
  const choices =
    question.kind === "choice"
      ? question.choices.map(({ key, label }) => ({ value: key, label }))
      : question.kind === "yes_no"
        ? [
            { value: "yes", label: t("reviews.yes") },
            { value: "no", label: t("reviews.no") },
          ]
        : ["1", "2", "3", "4", "5"].map((value) => ({ value, label: value }));
  const label = `${question.text}${question.mandatory ? " *" : ""}`;
  return (
    <div className={classes.question}>
      {question.kind === "text" ? (
        <Textarea
          label={label}
          autosize
          value={answer?.value ?? ""}
          onChange={(event) => say({ value: event.currentTarget.value, na: false })}
        />
      ) : (
        <Radio.Group
          name={name}
          label={label}
          value={answer?.value ?? ""}
          onChange={(value) => say({ value, na: false })}
        >
          <div className={classes.choices}>
            {choices.map((choice) => (
              <Radio key={choice.value} value={choice.value} label={choice.label} />
            ))}
          </div>
        </Radio.Group>
      )}
      {question.guide !== "" && (
        <details className={classes.quiet}>
          <summary>{t("reviews.guide")}</summary>
          {question.guide}
        </details>
      )}
      <div className={classes.choices}>
        {question.may_be_na && (
          <Checkbox
            label={t("reviews.notApplicable")}
            checked={answer?.na ?? false}
            onChange={(event) => say(event.currentTarget.checked ? { na: true, value: null } : { na: false })}
          />
        )}
        <TextInput
          aria-label={`${t("reviews.note")}: ${question.text}`}
          placeholder={t("reviews.note")}
          value={answer?.note ?? ""}
          onChange={(event) => say({ note: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}
