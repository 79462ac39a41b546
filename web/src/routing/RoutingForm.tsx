/** How a team's queue is given out: to whom, how many at a time, and what happens when nobody answers. */
import { Button, Modal, NumberInput, Radio, SimpleGrid, Stack, Switch, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels } from "../api/hooks";
import { inWords } from "../api/problem";
import { connectorsQuery } from "../api/queries";
import type { components } from "../api/schema";
import type { Connector, Team } from "../api/types";
import { useTranslation } from "../i18n";
import { Broken, RowSkeletons } from "../ui/States";
import { KIND_OF_OTHERS, namesOfKinds, withRoom } from "./rooms";

type Routing = components["schemas"]["RoutingView"];

const METHODS = ["off", "round_robin", "least_busy"] as const satisfies readonly Routing["method"][];
const MOST_MINUTES = 24 * 60;
const MOST_ROOM = 500;

interface FormProps {
  team: Team;
  close: () => void;
}

const keyOf = (team: Team) => ["teams", team.id, "routing"];

export default function RoutingForm({ team, close }: FormProps) {
  const { t } = useTranslation();
  const path = { team_id: team.id };
  const routing = useQuery({
    queryKey: keyOf(team),
    queryFn: ({ signal }) => body(client.GET("/teams/{team_id}/routing", { params: { path }, signal })),
    // What is edited must be what the hub has now.
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const connectors = useQuery(connectorsQuery);
  const failed = [routing, connectors].find((query) => query.isError);
  return (
    <Modal opened onClose={close} size="lg" title={t("routing.open", { name: team.name })}>
      {failed !== undefined ? (
        <Broken error={failed.error} retry={() => void failed.refetch()} />
      ) : routing.data === undefined || connectors.data === undefined ? (
        <RowSkeletons rows={4} />
      ) : (
        <Fields team={team} saved={routing.data} connectors={connectors.data} close={close} />
      )}
    </Modal>
  );
}

function Fields({ team, saved, connectors, close }: FormProps & { saved: Routing; connectors: readonly Connector[] }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const channels = useChannels();
  const [routing, setRouting] = useState(saved);
  const change = (fields: Partial<Routing>) => setRouting((before) => ({ ...before, ...fields }));
  const save = useMutation({
    mutationFn: () => {
      const { method, sticky, next_after, capacity } = routing;
      return body(
        client.PUT("/teams/{team_id}/routing", {
          params: { path: { team_id: team.id } },
          body: { method, sticky, next_after, capacity },
        }),
      );
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keyOf(team) });
      close();
    },
  });
  const used = [...[...channels.values()].map((channel) => channel.kind), ...Object.keys(saved.capacity)];
  const kinds = namesOfKinds(used, connectors, i18n.language);
  const others = routing.capacity[KIND_OF_OTHERS];
  const room = (kind: string, value: string | number) =>
    change({ capacity: withRoom(routing.capacity, kind, typeof value === "number" ? value : null) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        <Radio.Group
          label={t("routing.method")}
          value={routing.method}
          onChange={(value) => change({ method: METHODS.find((one) => one === value) ?? routing.method })}
        >
          <Stack gap={8} mt={6}>
            {METHODS.map((method) => (
              <Radio
                key={method}
                value={method}
                label={t(`routing.methods.${method}`)}
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- the fields come after the dialog, which then holds the focus
                autoFocus={method === saved.method}
              />
            ))}
          </Stack>
        </Radio.Group>
        {routing.method !== "off" && (
          <>
            <Text size="sm" c="dimmed">
              {t("routing.how")}
            </Text>
            <Switch
              label={t("routing.sticky")}
              description={t("routing.stickyText")}
              checked={routing.sticky}
              onChange={(event) => change({ sticky: event.currentTarget.checked })}
            />
            <NumberInput
              label={t("routing.nextAfter")}
              description={t("routing.nextAfterText")}
              suffix={` ${t("routing.minutes")}`}
              min={0}
              max={MOST_MINUTES}
              allowDecimal={false}
              allowNegative={false}
              clampBehavior="strict"
              value={routing.next_after || ""}
              onChange={(value) => change({ next_after: Number(value) || 0 })}
            />
            <fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
              <Text component="legend" size="sm" fw={500} p={0}>
                {t("routing.room")}
              </Text>
              <Text size="xs" c="dimmed" mb={8}>
                {t("routing.roomText")}
              </Text>
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="xs" style={{ alignItems: "end" }}>
                <NumberInput
                  label={t("routing.others")}
                  required
                  min={1}
                  max={MOST_ROOM}
                  allowDecimal={false}
                  value={others ?? ""}
                  onChange={(value) => room(KIND_OF_OTHERS, value)}
                />
                {kinds.map(({ kind, name }) => (
                  <NumberInput
                    key={kind}
                    label={name}
                    placeholder={String(others)}
                    min={1}
                    max={MOST_ROOM}
                    allowDecimal={false}
                    value={routing.capacity[kind] ?? ""}
                    onChange={(value) => room(kind, value)}
                  />
                ))}
              </SimpleGrid>
            </fieldset>
          </>
        )}
        {save.isError && (
          <Text role="alert" size="sm" c="red">
            {inWords(save.error)}
          </Text>
        )}
        <Button type="submit" loading={save.isPending} style={{ alignSelf: "flex-end" }}>
          {t("common.save")}
        </Button>
      </Stack>
    </form>
  );
}
