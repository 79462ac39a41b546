/** The comments I am mentioned in, the newest first; each leads to its second. */
import { Button } from "@mantine/core";
import { IconAt } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { usePeople } from "../api/hooks";
import { useTranslation } from "../i18n";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { duration } from "../ui/time";
import { When } from "../ui/When";
import { mentionsQuery } from "./queries";
import classes from "./reviews.module.css";

export function Mentions() {
  const { t } = useTranslation();
  const people = usePeople();
  const found = useInfiniteQuery(mentionsQuery);
  if (found.isPending) return <RowSkeletons />;
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  const comments = found.data.pages.flatMap((page) => page.items);
  return (
    <div className={classes.rows}>
      <h2>{t("reviews.pages.mentions")}</h2>
      {comments.length === 0 && (
        <Empty
          icon={<IconAt size={28} stroke={1.5} />}
          title={t("reviews.noMentions")}
          text={t("reviews.noMentionsText")}
        />
      )}
      <ul className={classes.threads}>
        {comments.map((comment) => (
          <li key={comment.id} data-done={comment.resolved_at !== null || undefined}>
            <Link
              className={classes.hit}
              to="/reviews/$callId"
              params={{ callId: comment.call_id }}
              search={{ t: Math.floor(comment.start) }}
            >
              <span className={classes.hitHead}>
                <strong>{people.get(comment.author_id)?.name}</strong>
                <When at={comment.created_at} />
                <span className={classes.second}>{duration(comment.start)}</span>
                {comment.resolved_at !== null && <span>{t("reviews.resolve")}</span>}
              </span>
              <span>{comment.text}</span>
            </Link>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("reviews.moreLines")}
        </Button>
      )}
    </div>
  );
}
