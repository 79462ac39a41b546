/** The head of a settings page: what it is, one sentence why, and its first action. */
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "../i18n";
import classes from "./settings.module.css";

export function PageHead({
  title,
  text,
  action,
  back,
}: {
  title: string;
  text?: string;
  action?: ReactNode;
  back?: string;
}) {
  const { t } = useTranslation();
  return (
    <header className={classes.pageHead}>
      <Link
        to={back ?? "/settings"}
        className={classes.back}
        data-always={back !== undefined || undefined}
        aria-label={t("common.back")}
      >
        <IconArrowLeft size={18} stroke={1.6} />
      </Link>
      <div>
        <h2>{title}</h2>
        {text !== undefined && <p>{text}</p>}
      </div>
      {action}
    </header>
  );
}
