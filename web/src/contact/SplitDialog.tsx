/** Some addresses belong to somebody else: they become a contact of their own. */
import { Button, Checkbox, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { inWords } from "../api/problem";
import type { Contact } from "../api/types";
import { useTranslation } from "../i18n";
import classes from "./contact.module.css";
import { useSplit } from "./identity";

export default function SplitDialog({ contact, first, close }: { contact: Contact; first: string; close: () => void }) {
  const { t } = useTranslation();
  const [points, setPoints] = useState<string[]>([first]);
  const [name, setName] = useState(contact.points.find((point) => point.id === first)?.name ?? "");
  const [reason, setReason] = useState("");
  const split = useSplit(contact.id);
  const everything = points.length === contact.points.length;
  return (
    <Modal opened onClose={close} title={t("identity.splitTitle")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          split.mutate(
            { point_ids: points, reason: reason.trim(), ...(name.trim() === "" ? {} : { name: name.trim() }) },
            { onSuccess: close },
          );
        }}
      >
        <Stack gap="md">
          <Checkbox.Group
            label={t("identity.splitWhich")}
            value={points}
            onChange={setPoints}
            error={everything && t("identity.splitAll")}
          >
            <Stack gap={6} mt={6}>
              {contact.points.map((point) => (
                <Checkbox key={point.id} value={point.id} label={point.address} description={point.name} />
              ))}
            </Stack>
          </Checkbox.Group>
          <TextInput
            label={t("identity.splitName")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t("identity.reason")}
            description={t("identity.reasonText")}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={split.isError && inWords(split.error)}
          />
          <p className={classes.quiet}>{t("identity.splitText")}</p>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={split.isPending} disabled={points.length === 0 || everything}>
              {t("identity.splitDo")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
