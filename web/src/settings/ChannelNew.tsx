/** A new channel: its settings are checked with the provider before it is kept. */
import { Button, Group, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { newId } from "../api/ids";
import { ApiError } from "../api/problem";
import { connectorsQuery, keys } from "../api/queries";
import type { Connector } from "../api/types";
import { useTranslation } from "../i18n";
import { Icon } from "../ui/ChannelIcon";
import { Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { type ChannelBasics, ChannelForm } from "./ChannelForm";
import { CheckNotice, useCheck } from "./CheckNotice";
import { type JsonSchema, startValues, toSend, type Values } from "./form/schema";
import { SchemaForm } from "./form/SchemaForm";
import { PageHead } from "./PageHead";
import { Readme } from "./Readme";
import classes from "./settings.module.css";

const WEEK = 7 * 86_400;

export function ChannelNew({ connectorKey }: { connectorKey: string }) {
  const { t } = useTranslation();
  const connectors = useQuery(connectorsQuery);
  const connector = connectors.data?.find((item) => item.key === connectorKey);
  if (connectors.isPending) return <RowSkeletons rows={4} />;
  if (connector === undefined) return <Empty title={t("channel.noConnector")} text={t("channel.noConnectorText")} />;
  return <NewForm connector={connector} />;
}

function NewForm({ connector }: { connector: Connector }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const schema = connector.settings_schema as JsonSchema;
  const [id] = useState(() => newId());
  const [basics, setBasics] = useState<ChannelBasics>({
    name: connector.title,
    team_id: null,
    sender_rule: "contact",
    reopen_window: WEEK,
  });
  const [values, setValues] = useState<Values>(() => startValues(schema, null));
  const check = useCheck(connector.key, null);
  const create = useMutation({
    mutationFn: (checked: boolean) =>
      body(
        client.POST("/channels", {
          params: { query: { check: checked } },
          body: { id, connector: connector.key, ...basics, settings: toSend(schema, values) },
        }),
      ),
    onSuccess: async (channel) => {
      await queries.invalidateQueries({ queryKey: keys.channels });
      toast.done(t("channel.created", { name: channel.name }));
      await navigate({ to: "/settings/$section/$itemId", params: { section: "channels", itemId: channel.id } });
    },
  });
  const failure = create.error ?? check.error;
  const errors = failure instanceof ApiError ? failure.fields : [];
  const refusedByProvider = create.error instanceof ApiError && create.error.kind === "check-failed";
  return (
    <>
      <PageHead
        title={t("channel.newOf", { connector: connector.title })}
        text={t(connector.abilities.includes("ShowsPage") ? "settings.page.newText" : "channel.newText")}
        back="/settings/channels/new"
        action={<Icon svg={connector.icon} size={26} />}
      />
      <div className={`${classes.content} ${classes.columns}`}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate(true);
          }}
        >
          <Stack gap="md">
            <ChannelForm value={basics} errors={errors} onChange={setBasics} />
            <SchemaForm schema={schema} values={values} stored={null} errors={errors} onChange={setValues} />
            <CheckNotice check={check.data} error={failure} schema={schema} />
            <Group gap="xs">
              <Button type="submit" loading={create.isPending}>
                {t("channel.create")}
              </Button>
              <Button variant="default" loading={check.isPending} onClick={() => check.mutate(toSend(schema, values))}>
                {t("channel.check")}
              </Button>
              {refusedByProvider && (
                <Button variant="subtle" color="gray" onClick={() => create.mutate(false)}>
                  {t("channel.createAnyway")}
                </Button>
              )}
            </Group>
          </Stack>
        </form>
        <div className={classes.beside}>
          <Readme text={connector.readme} />
        </div>
      </div>
    </>
  );
}
