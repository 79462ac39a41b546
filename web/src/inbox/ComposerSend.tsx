/** The send button with its other ways. */
import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconSend2 } from "@tabler/icons-react";
import { useTranslation } from "../i18n";
import classes from "./composer.module.css";

export function ComposerSend({ note, ready, go }: { note: boolean; ready: boolean; go: (resolve: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Button.Group className={classes.send ?? ""}>
      <Button
        disabled={!ready}
        className={note ? (classes.noteButton ?? "") : ""}
        leftSection={<IconSend2 size={16} />}
        title="Ctrl Enter"
        onClick={() => go(false)}
      >
        {note ? t("composer.saveNote") : t("composer.send")}
      </Button>
      {!note && (
        <Menu position="top-end">
          <Menu.Target>
            <Button disabled={!ready} px={8} aria-label={t("composer.moreSend")} className={classes.split ?? ""}>
              <IconChevronDown size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => go(true)} rightSection={<kbd className={classes.kbd}>Ctrl ⇧ Enter</kbd>}>
              {t("composer.sendResolve")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Button.Group>
  );
}
