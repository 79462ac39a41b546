/** Actions in their order: added, filled in, moved up, taken away. */
import { Button, Menu } from "@mantine/core";
import { IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMay } from "../api/hooks";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { ActionFields } from "./ActionFields";
import { type Action, begun, KINDS } from "./actions";
import classes from "./macros.module.css";

interface ActionListProps {
  actions: readonly Action[];
  change: (actions: readonly Action[]) => void;
}

export function ActionList({ actions, change }: ActionListProps) {
  const { t, i18n } = useTranslation();
  const mayCall = useMay("hooks_write");
  const kinds = KINDS.filter((kind) => kind !== "call_hook" || mayCall);
  return (
    <div>
      <p className={classes.label}>{t("macros.actions")}</p>
      <ol className={classes.actions}>
        {actions.map((action, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- an action is its place in the list
          <li key={index} aria-label={t(`macros.kinds.${action.do}`)}>
            <div className={classes.actionHead}>
              <strong>{t(`macros.kinds.${action.do}`)}</strong>
              {index > 0 && (
                <IconButton
                  label={t("macros.raise")}
                  onClick={() => change(actions.toSpliced(index, 1).toSpliced(index - 1, 0, action))}
                >
                  <IconArrowUp size={16} />
                </IconButton>
              )}
              <IconButton label={t("macros.take")} onClick={() => change(actions.toSpliced(index, 1))}>
                <IconTrash size={16} />
              </IconButton>
            </div>
            <ActionFields action={action} change={(next) => change(actions.with(index, next))} />
          </li>
        ))}
      </ol>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size={15} />}>
            {t("macros.addAction")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map((kind) => (
            <Menu.Item key={kind} onClick={() => change([...actions, begun(kind, i18n.language)])}>
              {t(`macros.kinds.${kind}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
