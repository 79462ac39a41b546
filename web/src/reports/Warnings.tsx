/** Says on the screen what is wrong with what a report is asked for. */
import { IconCalendarOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { channelsQuery, teamsQuery, usersQuery } from "../api/queries";
import { useTranslation } from "../i18n";
import { Empty } from "../ui/States";
import type { Asked } from "./asked";
import classes from "./reports.module.css";
import { gone, type nonsense } from "./sense";

export function NoPeriod({ why }: { why: NonNullable<ReturnType<typeof nonsense>> }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Empty
        icon={<IconCalendarOff size={28} stroke={1.5} />}
        title={t(why === "who" ? "reports.noPeriod.whoTitle" : "reports.noPeriod.title")}
        text={t(`reports.noPeriod.${why}`)}
      />
    </div>
  );
}

/** Whom a report is about and there are no more, by id. */
export function useGone(asked: Asked): readonly string[] {
  const known = {
    channel: idsOf(useQuery(channelsQuery).data),
    team: idsOf(useQuery(teamsQuery).data),
    agent: idsOf(useQuery(usersQuery).data),
  };
  return gone(asked, known);
}

const idsOf = (items: readonly { id: string }[] | undefined) => items && new Set(items.map(({ id }) => id));

/** What there is no more keeps its past: a report about it is right, and says so. */
export function Gone({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const count = useGone(asked).length;
  if (count === 0) return null;
  return (
    <p className={classes.gone} role="status">
      {t("reports.goneText", { count })}
    </p>
  );
}
