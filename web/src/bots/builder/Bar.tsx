/** Above the steps: adding one, undo and redo, tidying up, and whether all is saved. */
import { Button, Menu } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconBinaryTree, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "../../i18n";
import { IconButton } from "../../ui/IconButton";
import classes from "./builder.module.css";
import { type Kind, KINDS } from "./graph";
import { KindIcon } from "./KindIcon";
import { kindName } from "./names";
import type { Saving, useDraft } from "./useDraft";

interface BarProps {
  draft: ReturnType<typeof useDraft>;
  mayWrite: boolean;
  add: (kind: Kind) => void;
  /** Undefined where nothing lies anywhere. */
  tidy: (() => void) | undefined;
}

export function Bar({ draft, mayWrite, add, tidy }: BarProps) {
  const { t } = useTranslation();
  if (!mayWrite) return null;
  return (
    <div className={classes.bar}>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button leftSection={<IconPlus size={15} />}>{t("bots.builder.add")}</Button>
        </Menu.Target>
        <Menu.Dropdown mah={460} style={{ overflowY: "auto" }}>
          {KINDS.map((kind) => (
            <Menu.Item key={kind} leftSection={<KindIcon kind={kind} />} onClick={() => add(kind)}>
              {kindName(t, kind)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <IconButton
        variant="subtle"
        label={t("bots.builder.undo")}
        shortcut="Ctrl+Z"
        disabled={!draft.mayUndo}
        onClick={draft.undo}
      >
        <IconArrowBackUp size={17} />
      </IconButton>
      <IconButton
        variant="subtle"
        label={t("bots.builder.redo")}
        shortcut="Ctrl+Y"
        disabled={!draft.mayRedo}
        onClick={draft.redo}
      >
        <IconArrowForwardUp size={17} />
      </IconButton>
      {tidy !== undefined && (
        <IconButton variant="subtle" label={t("bots.builder.tidy")} onClick={tidy}>
          <IconBinaryTree size={17} />
        </IconButton>
      )}
      <output>{stateOf(t, draft.saving)}</output>
    </div>
  );
}

function stateOf(t: ReturnType<typeof useTranslation>["t"], saving: Saving): string {
  if (saving === "saved") return t("bots.saved");
  return saving === "conflict" || saving === "failed" ? t("bots.builder.notSaved") : t("bots.builder.saving");
}
