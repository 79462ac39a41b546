/** What a place shows when it has nothing to show: empty, broken or not allowed, each with a next step. */
import { Button, Skeleton } from "@mantine/core";
import { IconAlertTriangle, IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import classes from "./ui.module.css";

interface EmptyProps {
  icon?: ReactNode;
  title: string;
  text?: string | undefined;
  action?: ReactNode;
}

export function Empty({ icon, title, text, action }: EmptyProps) {
  return (
    <div className={classes.state}>
      {icon !== undefined && <span className={classes.stateIcon}>{icon}</span>}
      <p className={classes.stateTitle}>{title}</p>
      {text !== undefined && <p className={classes.stateText}>{text}</p>}
      {action}
    </div>
  );
}

export function Broken({ error, retry, title }: { error: unknown; retry?: () => void; title?: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.state} role="alert">
      <span className={classes.stateIcon}>
        <IconAlertTriangle size={28} stroke={1.5} />
      </span>
      <p className={classes.stateTitle}>{title ?? t("error.title")}</p>
      <p className={classes.stateText}>{inWords(error)}</p>
      {retry !== undefined && (
        <Button variant="default" onClick={retry}>
          {t("common.tryAgain")}
        </Button>
      )}
    </div>
  );
}

export function NotAllowed() {
  const { t } = useTranslation();
  return (
    <Empty icon={<IconLock size={28} stroke={1.5} />} title={t("error.notAllowed")} text={t("error.notAllowedText")} />
  );
}

/** Grey lines where rows will be; only for a first load. */
export function RowSkeletons({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div aria-busy="true" aria-label={t("common.loading")} role="status">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={classes.skeletonRow}>
          <Skeleton circle height={36} />
          <div>
            <Skeleton height={10} width={`${40 + ((index * 17) % 30)}%`} />
            <Skeleton height={10} mt={8} width={`${65 + ((index * 13) % 30)}%`} />
          </div>
        </div>
      ))}
    </div>
  );
}
