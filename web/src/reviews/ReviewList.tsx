/** The calls of a queue or of some filters: whose, how long, how they scored. */
import { Button } from "@mantine/core";
import { IconHeadphones } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMay, usePeople } from "../api/hooks";
import calls from "../calls/calls.module.css";
import { useTranslation } from "../i18n";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { duration } from "../ui/time";
import { When } from "../ui/When";
import { Filters } from "./Filters";
import { queuesQuery, type Row, rowsQuery } from "./queries";
import classes from "./reviews.module.css";
import { countOf, filtersOf, filtersOfRule, type ReviewSearch } from "./search";

export function ReviewList({ search }: { search: ReviewSearch }) {
  const { t } = useTranslation();
  const mayReview = useMay("reviews_write");
  const list = useInfiniteQuery(rowsQuery(search.queue, filtersOf(search)));
  const queue = useQuery({ ...queuesQuery, enabled: mayReview && search.queue !== undefined }).data?.find(
    ({ id, key }) => (id ?? key) === search.queue,
  );
  const filters = queue === undefined ? filtersOf(search) : filtersOfRule(queue.rule);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={classes.rows}>
      <Filters filters={filters} />
      {list.isPending && <RowSkeletons />}
      {list.isError && <Broken error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && (
        <Empty
          icon={<IconHeadphones size={28} stroke={1.5} />}
          title={t("reviews.none")}
          text={t(countOf(filters) > 0 ? "reviews.noneFiltered" : "reviews.noneText")}
        />
      )}
      <ul className={calls.list}>
        {rows.map((row) => (
          <li key={row.call_id}>
            <One row={row} queue={search.queue} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("reviews.more")}
        </Button>
      )}
    </div>
  );
}

function One({ row, queue }: { row: Row; queue: string | undefined }) {
  const { t } = useTranslation();
  const people = usePeople();
  const names = row.reviewers.map((id) => people.get(id)?.name ?? "").filter((name) => name !== "");
  return (
    <Link
      to="/reviews/$callId"
      params={{ callId: row.call_id }}
      search={queue === undefined ? {} : { queue }}
      className={classes.row}
    >
      <span className={classes.who}>
        <strong>{row.contact}</strong>
        <small>{row.agent_id === null ? "" : people.get(row.agent_id)?.name}</small>
      </span>
      <span className={classes.flags}>
        {!row.recorded && <small>{t("reviews.noRecording")}</small>}
        {row.appealed && <b data-tone="wait">{t("reviews.appealed")}</b>}
        {row.open_comments > 0 && (
          <small>
            {t("reviews.comments")} {row.open_comments}
          </small>
        )}
        {names.length > 0 && <small>{t("reviews.reviewedBy", { names: names.join(", ") })}</small>}
      </span>
      <span className={classes.score} data-tone={row.failed ? "bad" : "plain"}>
        {row.score === null ? <small>{t("reviews.noScore")}</small> : `${row.score} %`}
        {row.failed && ` · ${t("reviews.failed")}`}
      </span>
      <span className={classes.length}>{duration(row.seconds)}</span>
      <When at={row.began_at} className={classes.when ?? ""} />
    </Link>
  );
}
