/** Who works here and what each may do. */
import { Button, Menu, Modal, MultiSelect, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { IconDots, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay, useSession, useTeams } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { keys, usersQuery } from "../api/queries";
import type { Role, User } from "../api/types";
import { presenceQuery } from "../calls/queries";
import { useTranslation } from "../i18n";
import { Face } from "../ui/Face";
import { IconButton } from "../ui/IconButton";
import { Broken, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { PageHead } from "./PageHead";
import { Secret } from "./Secret";
import classes from "./settings.module.css";

const ROLES: readonly Role[] = ["agent", "manager", "admin"];

export default function Users() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const users = useQuery(usersQuery);
  const teams = useTeams();
  const mayWrite = useMay("users_write");
  const me = useSession().user.id;
  const [editing, setEditing] = useState<User | "new" | null>(null);
  const [password, setPassword] = useState<{ name: string; secret: string } | null>(null);
  const failed = (error: unknown) => toast.failure(t("settings.users.notDone"), inWords(error));
  const setActive = useMutation({
    mutationFn: ({ id, active }: { id: string; active: boolean }) =>
      body(client.PATCH("/users/{user_id}", { params: { path: { user_id: id } }, body: { active } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.users }),
    onError: failed,
  });
  const reset = useMutation({
    mutationFn: (user: User) =>
      body(client.POST("/users/{user_id}/reset-password", { params: { path: { user_id: user.id } } })),
    onSuccess: (made, user) => setPassword({ name: user.name, secret: made.password }),
    onError: failed,
  });
  if (users.isPending) return <RowSkeletons rows={4} />;
  if (users.isError) return <Broken error={users.error} retry={() => void users.refetch()} />;
  return (
    <>
      <PageHead
        title={t("settings.users.title")}
        text={t("settings.users.text")}
        action={
          mayWrite && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")}>
              {t("settings.users.add")}
            </Button>
          )
        }
      />
      <div className={`${classes.content} ${classes.scrollX}`}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t("settings.users.name")}</th>
              <th>{t("settings.users.role")}</th>
              <th>{t("settings.teams.title")}</th>
              <th>{t("settings.users.state")}</th>
              <th>
                <span className="srOnly">{t("settings.users.more")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {users.data.map((user) => (
              <tr key={user.id} data-off={!user.active || undefined}>
                <td>
                  <span className={classes.person}>
                    <Face name={user.name} seed={user.id} size={30} />
                    <span>
                      {user.name}
                      <small>{user.email}</small>
                    </span>
                  </span>
                </td>
                <td>{t(`settings.users.roles.${user.role}`)}</td>
                <td>
                  {teams
                    .filter((team) => team.member_ids.includes(user.id))
                    .map((team) => team.name)
                    .join(", ") || "—"}
                </td>
                <td>
                  {user.active
                    ? user.must_change_password
                      ? t("settings.users.invited")
                      : t("settings.users.active")
                    : t("settings.users.inactive")}
                </td>
                <td data-number>
                  {mayWrite && (
                    <Menu>
                      <Menu.Target>
                        <IconButton label={t("settings.users.moreFor", { name: user.name })}>
                          <IconDots size={17} />
                        </IconButton>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item onClick={() => setEditing(user)}>{t("settings.users.edit")}</Menu.Item>
                        <Menu.Item onClick={() => reset.mutate(user)}>{t("settings.users.reset")}</Menu.Item>
                        {user.id !== me && (
                          <Menu.Item onClick={() => setActive.mutate({ id: user.id, active: !user.active })}>
                            {user.active ? t("settings.users.deactivate") : t("settings.users.activate")}
                          </Menu.Item>
                        )}
                      </Menu.Dropdown>
                    </Menu>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <h3 className={classes.section}>{t("settings.users.whatRoles")}</h3>
        <dl className={classes.facts}>
          {ROLES.map((role) => (
            <div key={role} style={{ display: "contents" }}>
              <dt>{t(`settings.users.roles.${role}`)}</dt>
              <dd>{t(`settings.users.roleTexts.${role}`)}</dd>
            </div>
          ))}
        </dl>
      </div>
      {editing !== null && (
        <UserForm user={editing === "new" ? null : editing} close={() => setEditing(null)} made={setPassword} />
      )}
      {password !== null && (
        <Secret
          title={t("settings.users.passwordOf", { name: password.name })}
          text={t("settings.users.passwordText")}
          secret={password.secret}
          close={() => setPassword(null)}
        />
      )}
    </>
  );
}

function UserForm({
  user,
  close,
  made,
}: {
  user: User | null;
  close: () => void;
  made: (password: { name: string; secret: string }) => void;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const teams = useTeams();
  const [id] = useState(() => user?.id ?? newId());
  const [name, setName] = useState(user?.name ?? "");
  const [email, setEmail] = useState(user?.email ?? "");
  const [role, setRole] = useState<Role>(user?.role ?? "agent");
  const [teamIds, setTeamIds] = useState<string[]>(
    teams.filter((team) => team.member_ids.includes(id)).map((team) => team.id),
  );
  const mayTeach = useMay("calls_supervise");
  const presences = useQuery({ ...presenceQuery, enabled: mayTeach && user !== null }).data ?? [];
  const known = presences.find((one) => one.user_id === id)?.skills;
  const [chosen, setChosen] = useState<string[] | null>(null);
  const save = useMutation({
    mutationFn: async () => {
      const fields = { name: name.trim(), email: email.trim(), role, team_ids: teamIds };
      if (user !== null) {
        await body(client.PATCH("/users/{user_id}", { params: { path: { user_id: id } }, body: fields }));
        if (chosen !== null)
          await body(
            client.PUT("/users/{user_id}/skills", { params: { path: { user_id: id } }, body: { skills: chosen } }),
          );
        return null;
      }
      return (await body(client.POST("/users", { body: { id, ...fields } }))).password;
    },
    onSuccess: async (password) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: keys.users }),
        queries.invalidateQueries({ queryKey: keys.teams }),
        queries.invalidateQueries(presenceQuery),
      ]);
      close();
      if (password !== null) made({ name: name.trim(), secret: password });
    },
  });
  return (
    <Modal opened onClose={close} title={user === null ? t("settings.users.add") : t("settings.users.edit")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t("settings.users.name")}
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t("login.email")}
            type="email"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Select
            label={t("settings.users.role")}
            description={t(`settings.users.roleTexts.${role}`)}
            data={ROLES.map((value) => ({ value, label: t(`settings.users.roles.${value}`) }))}
            value={role}
            onChange={(value) => value !== null && setRole(value as Role)}
          />
          {teams.length > 0 && (
            <MultiSelect
              label={t("settings.teams.title")}
              data={teams.map((team) => ({ value: team.id, label: team.name }))}
              value={teamIds}
              onChange={setTeamIds}
            />
          )}
          {known !== undefined && (
            <TagsInput
              label={t("settings.users.skills")}
              description={t("settings.users.skillsText")}
              // what colleagues have already, so that one skill has one name
              data={[...new Set(presences.flatMap((one) => one.skills))].toSorted()}
              value={chosen ?? known}
              onChange={setChosen}
              maxTags={50}
            />
          )}
          {save.isError && (
            <p className={classes.bad} role="alert">
              {inWords(save.error)}
            </p>
          )}
          <Button type="submit" loading={save.isPending} style={{ alignSelf: "flex-end" }}>
            {t("common.save")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
