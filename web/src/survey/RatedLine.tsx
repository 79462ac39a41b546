/** What a customer thinks of the conversation, as a line in it: the newest score and words. */
import type { Interaction } from "../api/types";
import { useTranslation } from "../i18n";
import { When } from "../ui/When";
import { Score } from "./Score";
import classes from "./survey.module.css";

export default function RatedLine({ entry }: { entry: Interaction }) {
  const { t } = useTranslation();
  const { score, scale, comment } = entry.data;
  if (typeof score !== "number") return null;
  return (
    <div className={classes.rated} role="note">
      <span>
        {t("survey.rated")} <Score scale={String(scale)} score={score} /> · <When at={entry.occurred_at} as="clock" />
      </span>
      {typeof comment === "string" && comment !== "" && <q>{comment}</q>}
    </div>
  );
}
