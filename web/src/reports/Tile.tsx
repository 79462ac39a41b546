/** One figure: what it is, its number in large, how many it is made of, how it moved, and the way to what is behind it. */
import { Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../i18n";
import type { Asked } from "./asked";
import { change, main, NONE, shown } from "./numbers";
import type { Figure, Value } from "./queries";
import classes from "./reports.module.css";
import { useFigureWords } from "./words";

export function Tile({ figure, value, asked }: { figure: Figure; value: Value | undefined; asked: Asked }) {
  const { t, i18n } = useTranslation();
  const { name, formula } = useFigureWords(figure);
  const locale = i18n.language;
  const moved = value === undefined ? null : change(value, figure.lower_is_better, locale);
  const number = main(value, figure.unit, locale);
  return (
    <div className={classes.tile}>
      <Tooltip label={formula} multiline w={280}>
        <span className={classes.tileName}>{name}</span>
      </Tooltip>
      {figure.opens && value !== undefined && value.n > 0 ? (
        <Link
          className={classes.tileNumber}
          to="/reports/$page"
          params={{ page: "waits" }}
          search={{ ...asked, figure: figure.key }}
          title={t("reports.open")}
        >
          {number}
        </Link>
      ) : (
        <span className={classes.tileNumber}>{number}</span>
      )}
      <span className={classes.tileMore}>
        {figure.unit === "seconds" && value !== undefined && value.n > 0 && (
          <>
            {t("reports.ninety", { value: shown(value.p90, "seconds", locale) })}
            {" · "}
            <span title={t("reports.meanText")}>
              {t("reports.mean", { value: shown(value.mean, "seconds", locale) })}
            </span>
            {" · "}
            {t("reports.longest", { value: shown(value.longest, "seconds", locale) })}
          </>
        )}
        {figure.unit !== "number" && (
          <span className={classes.n}>n = {value === undefined ? NONE : value.n.toLocaleString(locale)}</span>
        )}
      </span>
      {moved !== null && (
        <span className={classes.moved} data-tone={moved.tone}>
          {t("reports.moved", { change: moved.words, before: main(value?.before ?? undefined, figure.unit, locale) })}
        </span>
      )}
    </div>
  );
}
