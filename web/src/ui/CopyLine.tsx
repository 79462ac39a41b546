/** A line of machine text with a button that copies it. */
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "../i18n";
import classes from "../settings/settings.module.css";
import { IconButton } from "./IconButton";
import { toast } from "./toast";

export function CopyLine({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setDone(true),
      () => toast.failure(t("message.notCopied"), t("message.notCopiedText")),
    );
  return (
    <div className={classes.copy}>
      <code>{text}</code>
      <IconButton label={done ? t("message.copied") : t("common.copy", { name: label })} onClick={() => void copy()}>
        {done ? <IconCheck size={17} /> : <IconCopy size={17} />}
      </IconButton>
    </div>
  );
}
