/** Who decided that these are one person, when and why; each decision can be taken back. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useMay } from "../api/hooks";
import { identityHistoryQuery } from "../api/queries";
import type { Contact } from "../api/types";
import { useTranslation } from "../i18n";
import { Broken, RowSkeletons } from "../ui/States";
import { When } from "../ui/When";
import classes from "./contact.module.css";
import { useUndo } from "./identity";

const MergeDialog = lazy(() => import("./MergeDialog"));

export function IdentityHistory({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const may = useMay("contacts_merge");
  const history = useQuery(identityHistoryQuery(contact.id));
  const undo = useUndo();
  const [merging, setMerging] = useState(false);
  if (history.isPending) return <RowSkeletons rows={2} />;
  if (history.isError) return <Broken error={history.error} retry={() => void history.refetch()} />;
  return (
    <section className={classes.section}>
      {contact.merged.length > 0 && <p>{t("identity.mergedCount", { count: contact.merged.length })}</p>}
      {history.data.length === 0 && <p className={classes.quiet}>{t("identity.noHistory")}</p>}
      <ul className={classes.history}>
        {history.data.map(({ change, ...names }) => (
          <li key={change.id} data-undone={change.undone_at !== null || undefined}>
            <p>
              <strong>{t(`identity.action.${change.action}`)}</strong> · {names.by_name || t("event.hub")} ·{" "}
              <When at={change.at} as="ago" />
            </p>
            <p>
              {names.contact_name === names.other_name
                ? names.contact_name
                : `${names.contact_name} · ${names.other_name}`}
            </p>
            {change.reason !== "" && <p className={classes.reason}>{change.reason}</p>}
            {change.undone_at !== null && (
              <p className={classes.quiet}>
                {t("identity.wasUndone")} <When at={change.undone_at} as="ago" />
              </p>
            )}
            {may && change.undone_at === null && (
              <Button
                size="compact-sm"
                variant="default"
                disabled={undo.isPending}
                onClick={() => undo.mutate(change.id)}
              >
                {t("identity.undo")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {may && (
        <Button variant="default" onClick={() => setMerging(true)}>
          {t("identity.mergeWith")}
        </Button>
      )}
      {merging && (
        <Suspense fallback={null}>
          <MergeDialog contact={contact} close={() => setMerging(false)} />
        </Suspense>
      )}
    </section>
  );
}
