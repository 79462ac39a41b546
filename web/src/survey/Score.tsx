/** A score as customers gave it: so many of five, or a thumb. */
import { IconStarFilled, IconThumbDownFilled, IconThumbUpFilled } from "@tabler/icons-react";
import { useTranslation } from "../i18n";
import classes from "./survey.module.css";

/** From this score on, a customer was satisfied: as the hub counts it. */
const SATISFIED = 4;

export function Score({ scale, score }: { scale: string; score: number }) {
  const { t } = useTranslation();
  const tone = score >= SATISFIED ? "good" : score <= 2 ? "bad" : "plain";
  if (scale === "thumbs")
    return (
      <span className={classes.score} data-tone={tone}>
        {score >= SATISFIED ? (
          <IconThumbUpFilled size={14} aria-hidden />
        ) : (
          <IconThumbDownFilled size={14} aria-hidden />
        )}
        {t(score >= SATISFIED ? "survey.up" : "survey.down")}
      </span>
    );
  return (
    <span className={classes.score} data-tone={tone}>
      <IconStarFilled size={13} aria-hidden />
      {t("survey.ofFive", { score })}
    </span>
  );
}
