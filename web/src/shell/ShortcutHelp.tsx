/** The list of keyboard shortcuts: `?`. */
import { Kbd, Modal, Switch } from "@mantine/core";
import { useTranslation } from "../i18n";
import { usePrefs } from "./prefs";
import classes from "./shell.module.css";
import { type ShortcutName, SHORTCUTS } from "./shortcuts";

export default function ShortcutHelp({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { shortcuts, set } = usePrefs();
  const names = Object.keys(SHORTCUTS) as ShortcutName[];
  return (
    <Modal opened onClose={close} title={t("shortcuts.title")} size="md">
      <Switch
        label={t("shortcuts.on")}
        checked={shortcuts}
        onChange={(event) => set({ shortcuts: event.currentTarget.checked })}
        mb="md"
      />
      <dl className={classes.keys}>
        <dt>
          <Kbd>Ctrl</Kbd> <Kbd>K</Kbd>
        </dt>
        <dd>{t("shortcuts.commands")}</dd>
        <dt>
          <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd>
        </dt>
        <dd>{t("shortcuts.send")}</dd>
        {names.map((name) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>
              <Kbd>{SHORTCUTS[name].shown}</Kbd>
            </dt>
            <dd>{t(`shortcuts.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
