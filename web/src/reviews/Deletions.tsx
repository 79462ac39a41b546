/** The records of deleted recordings, each bound to the one before it, and whether the chain is whole. */
import { Button } from "@mantine/core";
import { IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { usePeople } from "../api/hooks";
import { useTranslation } from "../i18n";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { duration, full } from "../ui/time";
import { deletionsQuery } from "./queries";
import classes from "./reviews.module.css";

export function Deletions() {
  const { t, i18n } = useTranslation();
  const people = usePeople();
  const found = useInfiniteQuery(deletionsQuery);
  if (found.isPending) return <RowSkeletons rows={3} />;
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  const records = found.data.pages.flatMap((page) => page.items);
  const broken = found.data.pages[0]?.broken_at ?? null;
  if (records.length === 0)
    return (
      <Empty
        icon={<IconShieldCheck size={28} stroke={1.4} />}
        title={t("reviews.gone.none")}
        text={t("reviews.gone.noneText")}
      />
    );
  return (
    <>
      {broken === null ? (
        <p className={classes.whole}>
          <IconShieldCheck size={18} stroke={1.6} /> {t("reviews.gone.whole")}
        </p>
      ) : (
        <p className={classes.problem} role="alert">
          <IconShieldX size={18} stroke={1.6} /> {t("reviews.gone.broken", { number: broken })}
        </p>
      )}
      <ul className={classes.threads}>
        {records.map((one) => (
          <li key={one.number} className={classes.logLine}>
            <strong>
              {one.number}. {one.began_at === null ? "—" : full(new Date(one.began_at), i18n.language)}
            </strong>
            <span>{one.seconds === null ? "" : duration(one.seconds)}</span>
            <span>
              {t("reviews.gone.at", {
                name: one.deleted_by === null ? t("reviews.gone.rule") : (people.get(one.deleted_by)?.name ?? "—"),
                when: full(new Date(one.deleted_at), i18n.language),
              })}
            </span>
            <p>{one.reason}</p>
            <code className={classes.hash} title={t("reviews.gone.hash")}>
              {one.hash}
            </code>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("reviews.moreLines")}
        </Button>
      )}
    </>
  );
}
