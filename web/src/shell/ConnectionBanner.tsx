/** Says when the live connection is gone for more than a moment, and that it is being restored. */
import { Button } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "../i18n";
import { hurryLive, useLiveState } from "./live";
import classes from "./shell.module.css";

const PATIENCE = 2500;

export function ConnectionBanner() {
  const { t } = useTranslation();
  const live = useLiveState((state) => state.status === "live");
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(!live), live ? 0 : PATIENCE);
    return () => clearTimeout(timer);
  }, [live]);
  return (
    <div aria-live="polite" role="status">
      {shown && (
        <div className={classes.banner}>
          <IconPlugConnectedX size={18} stroke={1.6} aria-hidden />
          <span>{navigator.onLine ? t("connection.lost") : t("connection.offline")}</span>
          <Button size="compact-sm" variant="default" onClick={hurryLive}>
            {t("connection.now")}
          </Button>
        </div>
      )}
    </div>
  );
}
