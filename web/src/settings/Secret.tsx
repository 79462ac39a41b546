/** Shows a secret once, right after it was made. */
import { Button, Group, Modal } from "@mantine/core";
import { useTranslation } from "../i18n";
import { CopyLine } from "../ui/CopyLine";

export function Secret({
  title,
  text,
  secret,
  close,
}: {
  title: string;
  text: string;
  secret: string;
  close: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={close} title={title} closeOnClickOutside={false}>
      <p style={{ marginTop: 0 }}>{text}</p>
      <CopyLine text={secret} label={title} />
      <Group justify="flex-end" mt="md">
        <Button onClick={close}>{t("settings.secretKept")}</Button>
      </Group>
    </Modal>
  );
}
