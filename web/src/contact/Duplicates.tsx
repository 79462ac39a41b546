/** "This may be the same person": who, and why we think so; merging, or saying never. */
import { Button } from "@mantine/core";
import { IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useMay } from "../api/hooks";
import { duplicatesQuery } from "../api/queries";
import type { Contact, Suggestion } from "../api/types";
import { useTranslation } from "../i18n";
import classes from "./contact.module.css";
import { useNeverMerge } from "./identity";

const MergeDialog = lazy(() => import("./MergeDialog"));

export function Duplicates({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const may = useMay("contacts_merge");
  const suggestions = useQuery({ ...duplicatesQuery(contact.id), enabled: may }).data ?? [];
  const [merging, setMerging] = useState<Suggestion | null>(null);
  const never = useNeverMerge(contact.id);
  const first = suggestions[0];
  if (!may) return null;
  return (
    <>
      {first !== undefined && (
        <div className={classes.duplicate}>
          <IconUsersGroup size={17} stroke={1.6} aria-hidden />
          <div>
            <p>
              {t("identity.maybe")} <strong>{first.other_name}</strong>
            </p>
            <p className={classes.reason}>{first.reason}</p>
            <div className={classes.acts}>
              <Button size="compact-sm" variant="default" onClick={() => setMerging(first)}>
                {t("identity.compare")}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                disabled={never.isPending}
                onClick={() => never.mutate({ other_id: first.other_id, reason: t("identity.neverReason") })}
              >
                {t("identity.notSame")}
              </Button>
              {suggestions.length > 1 && <small>{t("identity.more", { count: suggestions.length - 1 })}</small>}
            </div>
          </div>
        </div>
      )}
      {/* It outlives the hint: a merge is told to every screen, maybe before the answer to who merged. */}
      {merging !== null && (
        <Suspense fallback={null}>
          <MergeDialog
            contact={contact}
            otherId={merging.other_id}
            why={merging.reason}
            close={() => setMerging(null)}
          />
        </Suspense>
      )}
    </>
  );
}
