/** Which part of a period a list shows, where somebody opened a point of a chart; each part can be taken away. */
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "../i18n";
import type { Asked } from "./asked";
import { clockHour, moment, stretch } from "./moments";
import classes from "./narrowed.module.css";
import { took } from "./numbers";
import { weekdays } from "./weekdays";

interface Part {
  keys: readonly (keyof Asked)[];
  words: string;
}

export function Narrowed({ asked, ask }: { asked: Asked; ask: (next: Asked) => void }) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  const parts: Part[] = [];
  if (asked.since !== undefined && asked.until !== undefined)
    parts.push({ keys: ["since", "until"], words: stretch(asked.since, asked.until, locale) });
  if (asked.weekday !== undefined && asked.hour !== undefined) {
    const day = weekdays(locale, "long")[asked.weekday] ?? "";
    parts.push({ keys: ["weekday", "hour"], words: t("reports.narrow.week", { day, hour: clockHour(asked.hour) }) });
  }
  if (asked.at !== undefined)
    parts.push({ keys: ["at"], words: t("reports.narrow.at", { date: moment(asked.at, locale) }) });
  if (asked.at_least !== undefined)
    parts.push({
      keys: ["at_least"],
      words: t("reports.narrow.atLeast", { value: took(asked.at_least, locale) }),
    });
  if (parts.length === 0) return null;
  return (
    <ul className={classes.parts} aria-label={t("reports.narrow.title")}>
      {parts.map((part) => (
        <li key={part.keys[0]}>
          {part.words}
          <button
            type="button"
            aria-label={t("reports.narrow.remove", { words: part.words })}
            onClick={() => {
              const rest = { ...asked };
              for (const key of part.keys) delete rest[key];
              ask(rest);
            }}
          >
            <IconX size={14} stroke={1.8} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
