/** The window in which one record is written: saved, or removed after a question; closed when that is done. */
import { Button, Group, Modal, Stack } from "@mantine/core";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { Confirm } from "./Confirm";
import classes from "./ui.module.css";

interface RecordModalProps {
  /** The record is not there yet: it is added, and cannot be removed. */
  isNew: boolean;
  /** The titles, the action that removes, and what that does. */
  words: { add: string; edit: string; remove: string; removeText: string };
  save: () => Promise<unknown>;
  remove: () => Promise<unknown>;
  /** The list that is read anew afterwards. */
  listKey: QueryKey;
  close: () => void;
  /** What is missing yet keeps it from being saved. */
  whole?: boolean;
  wide?: boolean;
  /** Stands beside the button that saves. */
  beside?: ReactNode;
  children: ReactNode;
}

export function RecordModal({ isNew, words, save, remove, listKey, close, ...shown }: RecordModalProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const onSuccess = async () => {
    await queries.invalidateQueries({ queryKey: listKey });
    close();
  };
  const saving = useMutation({ mutationFn: save, onSuccess });
  const taking = useMutation({ mutationFn: remove, onSuccess, onError: () => setRemoving(false) });
  const error = saving.error ?? taking.error;
  if (removing)
    return (
      <Confirm
        title={words.remove}
        text={words.removeText}
        action={words.remove}
        busy={taking.isPending}
        confirm={() => taking.mutate()}
        close={() => setRemoving(false)}
      />
    );
  return (
    <Modal
      opened
      onClose={close}
      size={shown.wide ? "xl" : "lg"}
      closeOnClickOutside={false}
      title={isNew ? words.add : words.edit}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <Stack>
          {shown.children}
          {error !== null && (
            <p role="alert" className={classes.refused}>
              {inWords(error)}
            </p>
          )}
          <Group justify="space-between">
            {isNew ? (
              <span />
            ) : (
              <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
                {words.remove}
              </Button>
            )}
            <Group gap="xs">
              {shown.beside}
              <Button type="submit" loading={saving.isPending} disabled={shown.whole === false}>
                {t("common.save")}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
