/** The phones that ring for somebody: this browser, a desk or mobile phone, a phone of the PBX. */
import { Button, Modal, Stack, Switch, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { toast } from "../ui/toast";
import { type Presence, presenceQuery } from "./queries";

export function Phones({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const mine = useQuery(presenceQuery).data?.find((one) => one.user_id === user.id);
  return (
    <Modal opened onClose={close} title={t("calls.phones.title")}>
      {mine !== undefined && <Form mine={mine} close={close} />}
    </Modal>
  );
}

function Form({ mine, close }: { mine: Presence; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const address = (kind: string) => mine.devices.find((one) => one.kind === kind)?.address ?? "";
  const [browser, setBrowser] = useState(mine.devices.some((one) => one.kind === "browser"));
  const [number, setNumber] = useState(address("number"));
  const [endpoint, setEndpoint] = useState(address("endpoint"));
  const devices = [
    ...(browser ? [{ kind: "browser" as const, address: "" }] : []),
    ...(number.trim() === "" ? [] : [{ kind: "number" as const, address: number.trim() }]),
    ...(endpoint.trim() === "" ? [] : [{ kind: "endpoint" as const, address: endpoint.trim() }]),
  ];
  const save = useMutation({
    mutationFn: () => body(client.PUT("/presence/devices", { body: { devices } })),
    onSuccess: async () => {
      await queries.invalidateQueries(presenceQuery);
      toast.done(t("calls.phones.saved"));
      close();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        <p>{t("calls.phones.text")}</p>
        <Switch
          label={t("calls.phones.browser")}
          checked={browser}
          onChange={(event) => setBrowser(event.currentTarget.checked)}
        />
        <TextInput
          label={t("calls.phones.number")}
          description={t("calls.phones.numberHint")}
          type="tel"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          error={save.isError && inWords(save.error)}
        />
        <TextInput
          label={t("calls.phones.endpoint")}
          description={t("calls.phones.endpointHint")}
          value={endpoint}
          onChange={(event) => setEndpoint(event.currentTarget.value)}
        />
        {devices.length === 0 && <p role="alert">{t("calls.phones.none")}</p>}
        <Button type="submit" loading={save.isPending}>
          {t("calls.phones.save")}
        </Button>
      </Stack>
    </form>
  );
}
