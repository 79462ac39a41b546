/** The files a message sends: attached here, kept by the hub from then on. */
import { Button, FileButton } from "@mantine/core";
import { IconPaperclip, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { newId } from "../../api/ids";
import { inWords } from "../../api/problem";
import { upload } from "../../api/upload";
import { useTranslation } from "../../i18n";
import { IconButton } from "../../ui/IconButton";
import bots from "../bots.module.css";
import classes from "./builder.module.css";
import { type Json, word } from "./graph";

interface FilesProps {
  label: string;
  value: readonly Json[];
  set: (value: unknown) => void;
}

export function Files({ label, value, set }: FilesProps) {
  const { t } = useTranslation();
  const attach = useMutation({
    mutationFn: (file: File) => upload(newId(), file, () => undefined),
    onSuccess: ({ id, name }) => set([...value, { id, name }]),
  });
  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      <ul className={classes.files}>
        {value.map((file, place) => (
          <li key={word(file.id)}>
            <a href={`/api/v1/attachments/${word(file.id)}`} target="_blank" rel="noreferrer">
              {word(file.name) || word(file.id)}
            </a>
            <IconButton
              variant="subtle"
              color="red"
              label={t("bots.builder.removeFile", { name: word(file.name) })}
              onClick={() => set(value.length > 1 ? value.toSpliced(place, 1) : undefined)}
            >
              <IconTrash size={16} />
            </IconButton>
          </li>
        ))}
      </ul>
      <FileButton onChange={(file) => file !== null && attach.mutate(file)}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            size="xs"
            leftSection={<IconPaperclip size={14} />}
            loading={attach.isPending}
          >
            {t("bots.builder.attach")}
          </Button>
        )}
      </FileButton>
      {attach.isError && (
        <p role="alert" className={bots.bad}>
          {inWords(attach.error)}
        </p>
      )}
    </fieldset>
  );
}
