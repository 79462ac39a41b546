/** Outgoing webhooks: whom the hub tells what happened, and whether that arrived. */
import { Badge, Button, Modal, MultiSelect, Stack, Switch, TextInput } from "@mantine/core";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import type { ChangeKind, Hook } from "../api/types";
import { useTranslation } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import { PageHead } from "./PageHead";
import { Secret } from "./Secret";
import classes from "./settings.module.css";

const KEY = ["hooks"];
const KINDS: readonly ChangeKind[] = [
  "interaction_added",
  "interaction_changed",
  "conversation_added",
  "conversation_changed",
  "contact_added",
  "contact_changed",
  "contact_merged",
  "contact_split",
  "channel_changed",
  "delivery_changed",
  "event_unparsed",
  "users_changed",
];

export default function Hooks() {
  const { t } = useTranslation();
  const { itemId } = useParams({ strict: false });
  const hooks = useQuery({ queryKey: KEY, queryFn: () => body(client.GET("/hooks")) });
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState("");
  if (hooks.isPending) return <RowSkeletons rows={3} />;
  if (hooks.isError) return <Broken error={hooks.error} retry={() => void hooks.refetch()} />;
  const open = hooks.data.find((hook) => hook.id === itemId);
  if (open !== undefined) return <HookPage hook={open} />;
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t("settings.webhooks.add")}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t("settings.webhooks.title")}
        text={t("settings.webhooks.text")}
        action={hooks.data.length > 0 && add}
      />
      <div className={classes.content}>
        {hooks.data.length === 0 && (
          <Empty
            icon={<IconWebhook size={28} stroke={1.4} />}
            title={t("settings.webhooks.none")}
            text={t("settings.webhooks.noneText")}
            action={add}
          />
        )}
        <ul className={classes.channels}>
          {hooks.data.map((hook) => (
            <li key={hook.id}>
              <Link
                className={classes.channel}
                to="/settings/$section/$itemId"
                params={{ section: "webhooks", itemId: hook.id }}
              >
                <span className={classes.channelName}>
                  <strong>{hook.description || hook.url}</strong>
                  <small>
                    {hook.kinds.length === 0
                      ? t("settings.webhooks.everything")
                      : hook.kinds.map((kind) => t(`settings.webhooks.kinds.${kind}`)).join(", ")}
                  </small>
                </span>
                <span className={classes.quiet}>
                  {hook.active ? t("settings.webhooks.active") : t("settings.webhooks.inactive")}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
      {adding && <HookForm close={() => setAdding(false)} made={setSecret} />}
      {secret !== "" && (
        <Secret
          title={t("settings.webhooks.secret")}
          text={t("settings.webhooks.secretText")}
          secret={secret}
          close={() => setSecret("")}
        />
      )}
    </>
  );
}

function HookForm({ close, made }: { close: () => void; made: (secret: string) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [id] = useState(() => newId());
  const [url, setUrl] = useState("");
  const [description, setDescription] = useState("");
  const [kinds, setKinds] = useState<string[]>([]);
  const create = useMutation({
    mutationFn: () =>
      body(
        client.POST("/hooks", {
          body: { id, url: url.trim(), description: description.trim(), kinds: kinds as ChangeKind[] },
        }),
      ),
    onSuccess: async (hook) => {
      await queries.invalidateQueries({ queryKey: KEY });
      close();
      if (hook.secret !== null) made(hook.secret);
    },
  });
  return (
    <Modal opened onClose={close} title={t("settings.webhooks.add")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t("settings.webhooks.url")}
            type="url"
            required
            data-autofocus
            placeholder="https://example.com/hub"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <TextInput
            label={t("settings.webhooks.description")}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <MultiSelect
            label={t("settings.webhooks.what")}
            description={t("settings.webhooks.whatText")}
            data={KINDS.map((kind) => ({ value: kind, label: t(`settings.webhooks.kinds.${kind}`) }))}
            value={kinds}
            onChange={setKinds}
            clearable
          />
          {create.isError && (
            <p className={classes.bad} role="alert">
              {inWords(create.error)}
            </p>
          )}
          <Button type="submit" loading={create.isPending} style={{ alignSelf: "flex-end" }}>
            {t("common.save")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

function HookPage({ hook }: { hook: Hook }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const key = [...KEY, hook.id, "deliveries"];
  const path = { hook_id: hook.id };
  const deliveries = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) =>
      body(
        client.GET("/hooks/{hook_id}/deliveries", {
          params: { path, query: { limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const failed = (error: unknown) => toast.failure(t("settings.webhooks.notDone"), inWords(error));
  const refresh = () => queries.invalidateQueries({ queryKey: KEY });
  const setActive = useMutation({
    mutationFn: (active: boolean) => body(client.PATCH("/hooks/{hook_id}", { params: { path }, body: { active } })),
    onSuccess: refresh,
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: () => body(client.DELETE("/hooks/{hook_id}", { params: { path } })),
    onSuccess: refresh,
    onError: failed,
  });
  const retry = useMutation({
    mutationFn: (id: string) =>
      body(client.POST("/hook-deliveries/{delivery_id}/retry", { params: { path: { delivery_id: id } } })),
    onSuccess: refresh,
    onError: failed,
  });
  const rows = deliveries.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead
        title={hook.description || t("settings.webhooks.one")}
        text={hook.url}
        back="/settings/webhooks"
        action={
          <Switch
            label={t("settings.webhooks.active")}
            checked={hook.active}
            onChange={(event) => setActive.mutate(event.currentTarget.checked)}
          />
        }
      />
      <div className={`${classes.content} ${classes.scrollX}`}>
        {deliveries.isError && <Broken error={deliveries.error} retry={() => void deliveries.refetch()} />}
        {deliveries.isSuccess && rows.length === 0 && (
          <Empty title={t("settings.webhooks.noDeliveries")} text={t("settings.webhooks.noDeliveriesText")} />
        )}
        {rows.length > 0 && (
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t("settings.webhooks.when")}</th>
                <th>{t("settings.webhooks.kind")}</th>
                <th>{t("settings.webhooks.result")}</th>
                <th>{t("settings.webhooks.attempts")}</th>
                <th>
                  <span className="srOnly">{t("settings.users.more")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>
                    <When at={row.created_at} as="ago" />
                  </td>
                  <td>{t(`settings.webhooks.kinds.${row.kind}`)}</td>
                  <td>
                    <Badge
                      variant="light"
                      color={row.state === "sent" ? "green" : row.state === "failed" ? "red" : "gray"}
                    >
                      {row.status ??
                        t(
                          `settings.webhooks.states.${row.state === "sent" || row.state === "failed" ? row.state : "queued"}`,
                        )}
                    </Badge>{" "}
                    <span className={classes.quiet}>{row.error}</span>
                  </td>
                  <td className="tabular">{row.attempts}</td>
                  <td data-number>
                    {row.state !== "sent" && (
                      <Button
                        size="compact-sm"
                        variant="default"
                        disabled={retry.isPending}
                        onClick={() => retry.mutate(row.id)}
                      >
                        {t("delivery.retry")}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {deliveries.hasNextPage && (
          <Button variant="default" mt="md" onClick={() => void deliveries.fetchNextPage()}>
            {t("common.more")}
          </Button>
        )}
        <h3 className={classes.section}>{t("settings.webhooks.removeTitle")}</h3>
        <Button variant="light" color="red" onClick={() => setRemoving(true)}>
          {t("settings.webhooks.remove")}
        </Button>
      </div>
      {removing && (
        <Confirm
          title={t("settings.webhooks.removeTitle")}
          text={t("settings.webhooks.removeText")}
          action={t("settings.webhooks.remove")}
          busy={remove.isPending}
          confirm={() => remove.mutate()}
          close={() => setRemoving(false)}
        />
      )}
    </>
  );
}
