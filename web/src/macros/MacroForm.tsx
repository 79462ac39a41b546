/** Writes a macro: its name, whose it is, and its actions in order. */
import { Button, Group, Modal, MultiSelect, Stack, Switch, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay, useTeams } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { type Action, isWhole } from "./actions";
import { ActionList } from "./ActionList";
import classes from "./macros.module.css";
import { type Macro, macrosKey } from "./queries";

export function MacroForm({ macro, close }: { macro: Macro | null; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const teams = useTeams();
  const mayShare = useMay("macros_write");
  const [id] = useState(() => macro?.id ?? newId());
  const [name, setName] = useState(macro?.name ?? "");
  const [shared, setShared] = useState(macro?.shared ?? mayShare);
  const [teamIds, setTeamIds] = useState(macro?.team_ids ?? []);
  const [actions, setActions] = useState<readonly Action[]>((macro?.actions ?? []) as unknown as Action[]);
  const [removing, setRemoving] = useState(false);
  const params = { path: { macro_id: id } };
  const done = async () => {
    await queries.invalidateQueries({ queryKey: macrosKey });
    close();
  };
  const save = useMutation({
    mutationFn: () => {
      const fields = { name, shared, team_ids: shared ? teamIds : [], actions: actions as unknown as Macro["actions"] };
      return macro === null
        ? body(client.POST("/macros", { body: { id, ...fields } as never }))
        : body(client.PUT("/macros/{macro_id}", { params, body: fields as never }));
    },
    onSuccess: done,
  });
  const remove = useMutation({
    mutationFn: () => body(client.DELETE("/macros/{macro_id}", { params })),
    onSuccess: done,
    onError: () => setRemoving(false),
  });
  const error = save.error ?? remove.error;
  if (removing)
    return (
      <Confirm
        title={t("macros.remove")}
        text={t("macros.removeText")}
        action={t("macros.remove")}
        busy={remove.isPending}
        confirm={() => remove.mutate()}
        close={() => setRemoving(false)}
      />
    );
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      closeOnClickOutside={false}
      title={macro === null ? t("macros.add") : t("macros.edit")}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={t("macros.name")}
            required
            maxLength={100}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {mayShare && (
            <Switch
              label={t("macros.share")}
              checked={shared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
          )}
          {shared && (
            <MultiSelect
              label={t("macros.teams")}
              placeholder={teamIds.length === 0 ? t("macros.all") : ""}
              data={teams.map((team) => ({ value: team.id, label: team.name }))}
              value={teamIds}
              onChange={setTeamIds}
              searchable
              clearable
            />
          )}
          <ActionList actions={actions} change={setActions} />
          {error !== null && (
            <p role="alert" className={classes.bad}>
              {inWords(error)}
            </p>
          )}
          <Group justify="space-between">
            {macro === null ? (
              <span />
            ) : (
              <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
                {t("macros.remove")}
              </Button>
            )}
            <Button type="submit" loading={save.isPending} disabled={actions.length === 0 || !actions.every(isWhole)}>
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
