/** One channel: its connection, its settings, and how to stop or remove it. */
import { Button, Group, Stack, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { ApiError, inWords } from "../api/problem";
import { connectorsQuery, keys } from "../api/queries";
import type { Channel } from "../api/types";
import { useTranslation } from "../i18n";
import { Recovered } from "../channels/Recovered";
import { Confirm } from "../ui/Confirm";
import { CopyLine } from "../ui/CopyLine";
import { toast } from "../ui/toast";
import { type ChannelBasics, ChannelForm } from "./ChannelForm";
import { ConnectionMark } from "./Channels";
import { CheckNotice, useCheck } from "./CheckNotice";
import { type JsonSchema, startValues, toSend, type Values } from "./form/schema";
import { SchemaForm } from "./form/SchemaForm";
import { PageHead } from "./PageHead";
import { Readme } from "./Readme";
import classes from "./settings.module.css";
import { SetupSteps } from "./SetupSteps";
import { isPage, VisitorPage } from "./VisitorPage";
import { WebhookAddress } from "./WebhookAddress";

function useChannelActions(channel: Channel) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const path = { channel_id: channel.id };
  const refresh = () => queries.invalidateQueries({ queryKey: keys.channels });
  const failed = (error: unknown) => toast.failure(t("channel.notDone"), inWords(error));
  const enable = useMutation({
    mutationFn: (enabled: boolean) =>
      body(client.PATCH("/channels/{channel_id}", { params: { path }, body: { enabled } })),
    onSuccess: refresh,
    onError: failed,
  });
  const restart = useMutation({
    mutationFn: () => body(client.POST("/channels/{channel_id}/restart", { params: { path } })),
    onSuccess: refresh,
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: () => body(client.DELETE("/channels/{channel_id}", { params: { path } })),
    onSuccess: async () => {
      await navigate({ to: "/settings/$section", params: { section: "channels" } });
      await refresh();
    },
    onError: failed,
  });
  return { enable, restart, remove };
}

export function ChannelEdit({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const mayWrite = useMay("channels_write");
  const connectors = useQuery(connectorsQuery);
  const connector = connectors.data?.find((item) => item.key === channel.connector);
  const checksSetup = mayWrite && channel.abilities.includes("ChecksSetup");
  const { enable, restart, remove } = useChannelActions(channel);
  const [removing, setRemoving] = useState(false);
  const troubled = channel.enabled && channel.connection.detail !== "" && channel.connection.state !== "connected";
  return (
    <>
      <PageHead
        title={channel.name}
        text={channel.address}
        back="/settings/channels"
        action={<ConnectionMark channel={channel} />}
      />
      <div className={`${classes.content} ${classes.columns}`}>
        <div>
          {troubled && (
            <div className={classes.notice} data-tone="bad" role="status">
              <p>{channel.connection.detail}</p>
            </div>
          )}
          <Recovered channel={channel} />
          {mayWrite && (
            <Group mb="lg" gap="md">
              <Switch
                label={t("channel.enabled")}
                checked={channel.enabled}
                disabled={enable.isPending}
                onChange={(event) => enable.mutate(event.currentTarget.checked)}
              />
              {channel.enabled && (
                <Button
                  variant="default"
                  size="compact-md"
                  loading={restart.isPending}
                  onClick={() => restart.mutate()}
                >
                  {t("channel.restart")}
                </Button>
              )}
            </Group>
          )}
          {checksSetup && <SetupSteps channel={channel} />}
          {mayWrite && connector !== undefined ? (
            <EditForm key={channel.revision} channel={channel} schema={connector.settings_schema as JsonSchema} />
          ) : (
            !(mayWrite && connectors.isPending) && <p className={classes.quiet}>{t("channel.readOnly")}</p>
          )}
          {mayWrite && (
            <>
              <h3 className={classes.section}>{t("channel.removeTitle")}</h3>
              <p className={classes.quiet}>{t("channel.removeText")}</p>
              <Button variant="light" color="red" onClick={() => setRemoving(true)}>
                {t("channel.remove")}
              </Button>
            </>
          )}
        </div>
        <div className={classes.beside}>
          <VisitorPage channel={channel} />
          {channel.embed !== null && !isPage(channel) && (
            <>
              <h3 className={classes.section}>{t("channel.embed")}</h3>
              <CopyLine text={channel.embed} label={t("channel.embed")} />
              <p className={classes.quiet}>{t("channel.embedText")}</p>
            </>
          )}
          {!checksSetup && <WebhookAddress channel={channel} />}
          {connector !== undefined && <Readme text={connector.readme} />}
        </div>
      </div>
      {removing && (
        <Confirm
          title={t("channel.removeAsk", { name: channel.name })}
          text={t("channel.removeText")}
          action={t("channel.remove")}
          busy={remove.isPending}
          confirm={() => remove.mutate()}
          close={() => setRemoving(false)}
        />
      )}
    </>
  );
}

function EditForm({ channel, schema }: { channel: Channel; schema: JsonSchema }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [basics, setBasics] = useState<ChannelBasics>({
    name: channel.name,
    team_id: channel.team_id,
    sender_rule: channel.sender_rule,
    reopen_window: channel.reopen_window,
  });
  const [values, setValues] = useState<Values>(() => startValues(schema, channel.settings));
  const check = useCheck(channel.connector, channel.id);
  const save = useMutation({
    mutationFn: () =>
      body(
        client.PATCH("/channels/{channel_id}", {
          params: { path: { channel_id: channel.id } },
          body: { ...basics, settings: toSend(schema, values) },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.channels });
      toast.done(t("channel.saved"));
    },
  });
  const failure = save.error ?? check.error;
  const errors = failure instanceof ApiError ? failure.fields : [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        <ChannelForm value={basics} errors={errors} onChange={setBasics} />
        <SchemaForm schema={schema} values={values} stored={channel.settings} errors={errors} onChange={setValues} />
        <CheckNotice check={check.data} error={failure} schema={schema} />
        <Group gap="xs">
          <Button type="submit" loading={save.isPending}>
            {t("common.save")}
          </Button>
          <Button variant="default" loading={check.isPending} onClick={() => check.mutate(toSend(schema, values))}>
            {t("channel.check")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
