/** A bot's note at a hand-over, in the reader's language: why, what it learned, whom it talked with. */
import { type TextKey, useTranslation } from "../i18n";
import classes from "./bots.module.css";
import { list, record, word, words } from "./builder/graph";
import { languageName } from "./languages";

export default function HandoverNote({ summary }: { summary: Record<string, unknown> }) {
  const { t, i18n } = useTranslation();
  const bot = word(summary.bot);
  const why = t(`bots.handed.why.${word(summary.reason)}` as TextKey);
  const remarks = words(summary.remarks).slice(-5);
  const language = word(summary.language);
  const facts: [string, string][] = [
    [t("bots.handed.said"), remarks.join(" / ")],
    [t("bots.handed.language"), language === "" ? "" : languageName(language, i18n.language)],
    [t("bots.handed.source"), word(summary.source)],
    [t("bots.handed.waiting"), typeof summary.waiting === "number" ? span(summary.waiting, i18n.language) : ""],
  ];
  return (
    <div className={classes.note}>
      <p>{bot === "" ? t("bots.handed.handed", { why }) : t("bots.handed.handedBy", { bot, why })}</p>
      {word(summary.words) !== "" && <p>{word(summary.words)}</p>}
      {words(summary.lost).map((whom) => (
        <p key={whom}>{t(`bots.handed.lost.${whom}` as TextKey)}</p>
      ))}
      <dl>
        {list(summary.answers).map((one, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a flow may ask the same twice; a note never changes
          <div key={place}>
            <dt>{word(record(one).question).split("\n")[0]}</dt>
            <dd>{word(one.answer)}</dd>
          </div>
        ))}
        {facts.map(
          ([name, value]) =>
            value !== "" && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}

/** A span of seconds in words, by its two largest units. */
function span(seconds: number, language: string): string {
  const parts = [
    { unit: "hour", count: Math.floor(seconds / 3600) },
    { unit: "minute", count: Math.floor(seconds / 60) % 60 },
    { unit: "second", count: seconds % 60 },
  ];
  const shown = parts.filter(({ count }) => count > 0).slice(0, 2);
  return (shown.length > 0 ? shown : parts.slice(2))
    .map(({ unit, count }) =>
      new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(count),
    )
    .join(" ");
}
