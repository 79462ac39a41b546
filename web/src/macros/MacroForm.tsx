/** Writes a macro: its name, whose it is, and its actions in order. */
import { MultiSelect, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay, useTeams } from "../api/hooks";
import { newId } from "../api/ids";
import { useTranslation } from "../i18n";
import { RecordModal } from "../ui/RecordModal";
import { type Action, isWhole } from "./actions";
import { ActionList } from "./ActionList";
import { type Macro, macrosKey } from "./queries";

export function MacroForm({ macro, close }: { macro: Macro | null; close: () => void }) {
  const { t } = useTranslation();
  const teams = useTeams();
  const mayShare = useMay("macros_write");
  const [id] = useState(() => macro?.id ?? newId());
  const [name, setName] = useState(macro?.name ?? "");
  const [shared, setShared] = useState(macro?.shared ?? mayShare);
  const [teamIds, setTeamIds] = useState(macro?.team_ids ?? []);
  const [actions, setActions] = useState<readonly Action[]>((macro?.actions ?? []) as unknown as Action[]);
  const params = { path: { macro_id: id } };
  const save = () => {
    const fields = { name, shared, team_ids: shared ? teamIds : [], actions: actions as unknown as Macro["actions"] };
    return macro === null
      ? body(client.POST("/macros", { body: { id, ...fields } as never }))
      : body(client.PUT("/macros/{macro_id}", { params, body: fields as never }));
  };
  const remove = () => body(client.DELETE("/macros/{macro_id}", { params }));
  return (
    <RecordModal
      isNew={macro === null}
      words={{
        add: t("macros.add"),
        edit: t("macros.edit"),
        remove: t("macros.remove"),
        removeText: t("macros.removeText"),
      }}
      save={save}
      remove={remove}
      listKey={macrosKey}
      close={close}
      whole={actions.length > 0 && actions.every(isWhole)}
    >
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
    </RecordModal>
  );
}
