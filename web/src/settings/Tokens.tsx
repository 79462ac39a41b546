/** Access tokens for programs: what each may do, when it was last used. */
import { Button, Checkbox, Modal, Select, Stack, TextInput } from "@mantine/core";
import { IconApi, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { usePeople, useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import type { Action, Token } from "../api/types";
import { useTranslation } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import { PageHead } from "./PageHead";
import { Secret } from "./Secret";
import classes from "./settings.module.css";

const KEY = ["tokens"];
const DAY = 86_400_000;

export default function Tokens() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const people = usePeople();
  const tokens = useQuery({ queryKey: KEY, queryFn: () => body(client.GET("/tokens")) });
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState("");
  const [removing, setRemoving] = useState<Token | null>(null);
  const remove = useMutation({
    mutationFn: (id: string) => body(client.DELETE("/tokens/{token_id}", { params: { path: { token_id: id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: KEY });
      setRemoving(null);
    },
    onError: (error) => toast.failure(t("settings.tokens.notRemoved"), inWords(error)),
  });
  if (tokens.isPending) return <RowSkeletons rows={3} />;
  if (tokens.isError) return <Broken error={tokens.error} retry={() => void tokens.refetch()} />;
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t("settings.tokens.add")}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t("settings.tokens.title")}
        text={t("settings.tokens.text")}
        action={tokens.data.length > 0 && add}
      />
      <div className={`${classes.content} ${classes.scrollX}`}>
        {tokens.data.length === 0 && (
          <Empty
            icon={<IconApi size={28} stroke={1.4} />}
            title={t("settings.tokens.none")}
            text={t("settings.tokens.noneText")}
            action={add}
          />
        )}
        {tokens.data.length > 0 && (
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t("settings.tokens.name")}</th>
                <th>{t("settings.tokens.may")}</th>
                <th>{t("settings.tokens.used")}</th>
                <th>{t("settings.tokens.expires")}</th>
                <th>
                  <span className="srOnly">{t("settings.users.more")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {tokens.data.map((token) => (
                <tr key={token.id}>
                  <td>
                    {token.name}
                    <br />
                    <small className={classes.quiet}>{people.get(token.created_by ?? "")?.name}</small>
                  </td>
                  <td>{token.actions.map((action) => t(`settings.actions.${action as Action}`, action)).join(", ")}</td>
                  <td>
                    {token.last_used_at === null ? (
                      t("settings.tokens.never")
                    ) : (
                      <When at={token.last_used_at} as="ago" />
                    )}
                  </td>
                  <td>
                    {token.expires_at === null ? t("settings.tokens.never") : <When at={token.expires_at} as="ago" />}
                  </td>
                  <td data-number>
                    <Button size="compact-sm" variant="subtle" color="red" onClick={() => setRemoving(token)}>
                      {t("settings.tokens.remove")}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {adding && <TokenForm close={() => setAdding(false)} made={setSecret} />}
      {secret !== "" && (
        <Secret
          title={t("settings.tokens.secret")}
          text={t("settings.tokens.secretText")}
          secret={secret}
          close={() => setSecret("")}
        />
      )}
      {removing !== null && (
        <Confirm
          title={t("settings.tokens.removeAsk", { name: removing.name })}
          text={t("settings.tokens.removeText")}
          action={t("settings.tokens.remove")}
          busy={remove.isPending}
          confirm={() => remove.mutate(removing.id)}
          close={() => setRemoving(null)}
        />
      )}
    </>
  );
}

function TokenForm({ close, made }: { close: () => void; made: (secret: string) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { permissions } = useSession();
  const [name, setName] = useState("");
  const [actions, setActions] = useState<string[]>(["conversations_read", "contacts_read"]);
  const [days, setDays] = useState("365");
  const create = useMutation({
    mutationFn: () =>
      body(
        client.POST("/tokens", {
          body: {
            name: name.trim(),
            actions: actions as Action[],
            expires_at: days === "0" ? null : new Date(Date.now() + Number(days) * DAY).toISOString(),
          },
        }),
      ),
    onSuccess: async (token) => {
      await queries.invalidateQueries({ queryKey: KEY });
      close();
      made(token.secret);
    },
  });
  return (
    <Modal opened onClose={close} title={t("settings.tokens.add")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t("settings.tokens.name")}
            description={t("settings.tokens.nameText")}
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Checkbox.Group label={t("settings.tokens.may")} value={actions} onChange={setActions}>
            <Stack gap={6} mt={6}>
              {permissions.map((action) => (
                <Checkbox key={action} value={action} label={t(`settings.actions.${action}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Select
            label={t("settings.tokens.expires")}
            data={[
              { value: "30", label: t("settings.tokens.days", { count: 30 }) },
              { value: "365", label: t("settings.tokens.days", { count: 365 }) },
              { value: "0", label: t("settings.tokens.never") },
            ]}
            value={days}
            onChange={(value) => value !== null && setDays(value)}
          />
          {create.isError && (
            <p className={classes.bad} role="alert">
              {inWords(create.error)}
            </p>
          )}
          <Button
            type="submit"
            loading={create.isPending}
            disabled={actions.length === 0}
            style={{ alignSelf: "flex-end" }}
          >
            {t("settings.tokens.create")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
