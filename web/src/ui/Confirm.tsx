/** Asks before something that cannot be taken back, saying what it does. */
import { Button, Group, Modal } from "@mantine/core";
import { useTranslation } from "../i18n";

interface ConfirmProps {
  title: string;
  text: string;
  action: string;
  busy: boolean;
  confirm: () => void;
  close: () => void;
}

export function Confirm({ title, text, action, busy, confirm, close }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={close} title={title}>
      <p style={{ marginTop: 0 }}>{text}</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close} data-autofocus>
          {t("common.cancel")}
        </Button>
        <Button color="red" loading={busy} onClick={confirm}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
