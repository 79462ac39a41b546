/** Instead of the field: why no free words can go to this customer now, and what still can. */
import { Button } from "@mantine/core";
import { IconBan, IconClockOff, IconTemplate } from "@tabler/icons-react";
import { useTranslation } from "../i18n";
import classes from "./composer.module.css";

interface ComposerShutProps {
  /** The hub's words if the address must not be written to; empty if only the time is over. */
  refused: string;
  neverWrote: boolean;
  pickTemplate: (() => void) | null;
}

export function ComposerShut({ refused, neverWrote, pickTemplate }: ComposerShutProps) {
  const { t } = useTranslation();
  const Icon = refused === "" ? IconClockOff : IconBan;
  return (
    <div className={classes.shut} data-refused={refused !== "" || undefined} role="status">
      <Icon size={20} stroke={1.6} aria-hidden />
      <p>
        {refused || t(neverWrote ? "composer.neverWrote" : "composer.windowClosed")}{" "}
        {t(pickTemplate === null ? "composer.noteStill" : "composer.templateStill")}
      </p>
      {pickTemplate !== null && (
        <Button data-template leftSection={<IconTemplate size={16} />} onClick={pickTemplate}>
          {t("template.choose")}
        </Button>
      )}
    </div>
  );
}
