/** Teams: people who share a queue. */
import { Button, Modal, MultiSelect, Stack, TextInput } from "@mantine/core";
import { IconArrowsSplit2, IconPencil, IconPlus, IconTrash, IconUsersGroup } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { body, client } from "../api/client";
import { useMay, usePeople } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { keys, teamsQuery } from "../api/queries";
import type { Team } from "../api/types";
import { useTranslation } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { PageHead } from "./PageHead";
import classes from "./settings.module.css";

const RoutingForm = lazy(() => import("../routing/RoutingForm"));

export default function Teams() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const teams = useQuery(teamsQuery);
  const people = usePeople();
  const mayWrite = useMay("teams_write");
  const [editing, setEditing] = useState<Team | "new" | null>(null);
  const [routed, setRouted] = useState<Team | null>(null);
  const [removing, setRemoving] = useState<Team | null>(null);
  const remove = useMutation({
    mutationFn: (id: string) => body(client.DELETE("/teams/{team_id}", { params: { path: { team_id: id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.teams });
      setRemoving(null);
    },
    onError: (error) => toast.failure(t("settings.teams.notDone"), inWords(error)),
  });
  if (teams.isPending) return <RowSkeletons rows={3} />;
  if (teams.isError) return <Broken error={teams.error} retry={() => void teams.refetch()} />;
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")}>
      {t("settings.teams.add")}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t("settings.teams.title")}
        text={t("settings.teams.text")}
        action={teams.data.length > 0 && add}
      />
      <div className={classes.content}>
        {teams.data.length === 0 && (
          <Empty
            icon={<IconUsersGroup size={28} stroke={1.4} />}
            title={t("settings.teams.none")}
            text={t("settings.teams.noneText")}
            action={add}
          />
        )}
        {teams.data.length > 0 && (
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t("settings.teams.name")}</th>
                <th>{t("settings.teams.members")}</th>
                <th>
                  <span className="srOnly">{t("settings.users.more")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {teams.data.map((team) => (
                <tr key={team.id}>
                  <td>{team.name}</td>
                  <td>
                    {team.member_ids
                      .map((id) => people.get(id)?.name ?? "")
                      .filter(Boolean)
                      .join(", ") || "—"}
                  </td>
                  <td data-number style={{ whiteSpace: "nowrap" }}>
                    {mayWrite && (
                      <>
                        <IconButton label={t("routing.open", { name: team.name })} onClick={() => setRouted(team)}>
                          <IconArrowsSplit2 size={16} />
                        </IconButton>
                        <IconButton
                          label={t("settings.teams.edit", { name: team.name })}
                          onClick={() => setEditing(team)}
                        >
                          <IconPencil size={16} />
                        </IconButton>
                        <IconButton
                          label={t("settings.teams.remove", { name: team.name })}
                          onClick={() => setRemoving(team)}
                        >
                          <IconTrash size={16} />
                        </IconButton>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {editing !== null && <TeamForm team={editing === "new" ? null : editing} close={() => setEditing(null)} />}
      {routed !== null && (
        <Suspense>
          <RoutingForm team={routed} close={() => setRouted(null)} />
        </Suspense>
      )}
      {removing !== null && (
        <Confirm
          title={t("settings.teams.remove", { name: removing.name })}
          text={t("settings.teams.removeText")}
          action={t("settings.teams.removeDo")}
          busy={remove.isPending}
          confirm={() => remove.mutate(removing.id)}
          close={() => setRemoving(null)}
        />
      )}
    </>
  );
}

function TeamForm({ team, close }: { team: Team | null; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const people = usePeople();
  const [id] = useState(() => team?.id ?? newId());
  const [name, setName] = useState(team?.name ?? "");
  const [members, setMembers] = useState<string[]>(team?.member_ids ?? []);
  const save = useMutation({
    mutationFn: () => {
      const fields = { name: name.trim(), member_ids: members };
      return team === null
        ? body(client.POST("/teams", { body: { id, ...fields } }))
        : body(client.PATCH("/teams/{team_id}", { params: { path: { team_id: id } }, body: fields }));
    },
    onSuccess: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: keys.teams }),
        queries.invalidateQueries({ queryKey: keys.users }),
      ]);
      close();
    },
  });
  return (
    <Modal
      opened
      onClose={close}
      title={team === null ? t("settings.teams.add") : t("settings.teams.edit", { name: team.name })}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t("settings.teams.name")}
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={save.isError && inWords(save.error)}
          />
          <MultiSelect
            searchable
            label={t("settings.teams.members")}
            data={[...people.values()]
              .filter((user) => user.active)
              .map((user) => ({ value: user.id, label: user.name }))}
            value={members}
            onChange={setMembers}
          />
          <Button type="submit" loading={save.isPending} style={{ alignSelf: "flex-end" }}>
            {t("common.save")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
