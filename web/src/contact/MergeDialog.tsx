/** Two contacts side by side: which name stays, and why they are one. Nothing is rewritten; it can be undone. */
import { Button, Group, Loader, Modal, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { contactQuery } from "../api/queries";
import type { Contact } from "../api/types";
import { useTranslation } from "../i18n";
import { Face } from "../ui/Face";
import { When } from "../ui/When";
import classes from "./contact.module.css";
import { useMerge } from "./identity";

interface MergeDialogProps {
  contact: Contact;
  otherId?: string;
  why?: string;
  close: () => void;
}

export default function MergeDialog({ contact, otherId, why = "", close }: MergeDialogProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(otherId ?? "");
  const other = useQuery({ ...contactQuery(chosen), enabled: chosen !== "" });
  const [name, setName] = useState<"this" | "other">("this");
  const [reason, setReason] = useState(why);
  const merge = useMerge(contact.id);
  return (
    <Modal opened onClose={close} size="lg" title={t("identity.mergeTitle")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (other.data === undefined) return;
          merge.mutate(
            { other_id: chosen, reason: reason.trim(), ...(name === "other" ? { name: other.data.name } : {}) },
            { onSuccess: close },
          );
        }}
      >
        <Stack gap="md">
          {otherId === undefined && <FindContact not={contact.id} value={chosen} choose={setChosen} />}
          {chosen !== "" && other.isPending && <Loader />}
          {other.data !== undefined && (
            <Radio.Group
              value={name}
              onChange={(value) => setName(value as "this" | "other")}
              label={t("identity.whichName")}
            >
              <div className={classes.compare}>
                <Side contact={contact} value="this" />
                <Side contact={other.data} value="other" />
              </div>
            </Radio.Group>
          )}
          <TextInput
            label={t("identity.reason")}
            description={t("identity.reasonText")}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={merge.isError && inWords(merge.error)}
          />
          <p className={classes.quiet}>{t("identity.mergeText")}</p>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={merge.isPending} disabled={other.data === undefined}>
              {t("identity.merge")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Side({ contact, value }: { contact: Contact; value: "this" | "other" }) {
  const { t } = useTranslation();
  return (
    <div className={classes.side}>
      <Radio value={value} label={contact.name} />
      <div className={classes.sideHead}>
        <Face name={contact.name} seed={contact.id} portrait={contact.portrait_id} size={36} />
        <div>
          <p>{contact.company}</p>
          <small>
            {t("contact.since")} <When at={contact.created_at} />
          </small>
        </div>
      </div>
      <ul>
        {contact.points.map((point) => (
          <li key={point.id}>{point.address}</li>
        ))}
      </ul>
      <small>{t("identity.counts", { inbound: contact.inbound, outbound: contact.outbound })}</small>
    </div>
  );
}

function FindContact({ not, value, choose }: { not: string; value: string; choose: (id: string) => void }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, 200);
  const found = useQuery({
    queryKey: ["contacts", "find", settled],
    queryFn: ({ signal }) =>
      body(client.GET("/contacts", { params: { query: { search: settled, limit: 20 } }, signal })),
    enabled: settled.trim().length > 1,
  });
  const options = (found.data?.items ?? [])
    .filter((item) => item.id !== not)
    .map((item) => ({ value: item.id, label: [item.name, ...item.addresses].join(" · ") }));
  return (
    <Select
      label={t("identity.find")}
      searchable
      data-autofocus
      data={options}
      filter={({ options: all }) => all}
      value={value === "" ? null : value}
      searchValue={search}
      onSearchChange={setSearch}
      onChange={(id) => id !== null && choose(id)}
      nothingFoundMessage={settled.trim().length > 1 ? t("common.nothingFound") : t("identity.findHint")}
    />
  );
}
