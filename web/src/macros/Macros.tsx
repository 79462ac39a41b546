/** Macros: what agents do again and again, in one step; everybody's and one's own. */
import { Button } from "@mantine/core";
import { IconBolt, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay, useTeams } from "../api/hooks";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import type { Action } from "./actions";
import { MacroForm } from "./MacroForm";
import classes from "./macros.module.css";
import { type Macro, macrosQuery } from "./queries";
import { useWords } from "./useWords";

export default function Macros() {
  const { t } = useTranslation();
  const found = useQuery(macrosQuery);
  const mayShare = useMay("macros_write");
  const [open, setOpen] = useState<Macro | "new" | null>(null);
  const all = found.data ?? [];
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("macros.add")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("settings.macros.title")} text={t("settings.macros.text")} action={all.length > 0 && add} />
      <div className={settings.content}>
        {found.isPending && <RowSkeletons rows={4} />}
        {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && all.length === 0 && (
          <Empty
            icon={<IconBolt size={28} stroke={1.4} />}
            title={t("macros.none")}
            text={t("macros.noneText")}
            action={add}
          />
        )}
        <ul className={classes.rows}>
          {all.map((macro) => (
            <Row key={macro.id} macro={macro} open={mayShare || !macro.shared ? () => setOpen(macro) : undefined} />
          ))}
        </ul>
      </div>
      {open !== null && <MacroForm macro={open === "new" ? null : open} close={() => setOpen(null)} />}
    </>
  );
}

function Row({ macro, open }: { macro: Macro; open: (() => void) | undefined }) {
  const { t } = useTranslation();
  const words = useWords();
  const teams = useTeams().filter((team) => macro.team_ids.includes(team.id));
  const whose = macro.shared
    ? teams.length > 0
      ? teams.map((team) => team.name).join(", ")
      : t("macros.everybody")
    : t("macros.own");
  return (
    <li>
      {open === undefined ? (
        <strong>{macro.name}</strong>
      ) : (
        <button type="button" onClick={open}>
          {macro.name}
        </button>
      )}
      <p>{macro.actions.map((action) => words(action as Action)).join(" → ")}</p>
      <small>{[whose, t("macros.used", { count: macro.used })].join(" · ")}</small>
    </li>
  );
}
