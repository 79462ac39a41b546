/** Why the figures can be believed: what is still to be counted, and what the nightly check found. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../i18n";
import type { Asked } from "./asked";
import { dashboardQuery } from "./queries";
import classes from "./reports.module.css";

export function Trust({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const found = useQuery(dashboardQuery(asked, true)).data;
  if (found === undefined) return null;
  if (found.alarm !== "")
    return (
      <div className={classes.alarm} role="alert">
        <strong>{t("reports.alarm")}</strong> {found.alarm}
      </div>
    );
  return <p className={classes.note}>{t("reports.trust")}</p>;
}
