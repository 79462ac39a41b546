/** The files of a message being written, with how far each is. */
import { Progress } from "@mantine/core";
import { IconAlertTriangle, IconFile, IconX } from "@tabler/icons-react";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { fileSize } from "../ui/time";
import classes from "./composer.module.css";
import type { ComposerFile } from "./composerStore";

export function FileChips({ files, remove }: { files: readonly ComposerFile[]; remove: (id: string) => void }) {
  const { t, i18n } = useTranslation();
  if (files.length === 0) return null;
  return (
    <ul className={classes.chips}>
      {files.map((file) => (
        <li key={file.id} data-broken={file.error !== "" || undefined}>
          {file.error === "" ? (
            <IconFile size={16} stroke={1.6} aria-hidden />
          ) : (
            <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
          )}
          <span className={classes.chipName}>
            <span>{file.name}</span>
            <small>{file.error || fileSize(file.size, i18n.language)}</small>
            {file.view === null && file.error === "" && (
              <Progress
                value={file.progress * 100}
                size={3}
                aria-label={t("composer.uploading", { name: file.name })}
              />
            )}
          </span>
          <IconButton size={24} label={t("composer.removeFile", { name: file.name })} onClick={() => remove(file.id)}>
            <IconX size={14} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
