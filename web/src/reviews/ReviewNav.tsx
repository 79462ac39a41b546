/** The queues of calls to review, and the room's other pages, beside whatever is open. */
import { Button } from "@mantine/core";
import { IconPlaylist, IconChartLine, IconAt, IconTextScan2, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay, useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { IconButton } from "../ui/IconButton";
import { toast } from "../ui/toast";
import { type Queue, queuesQuery } from "./queries";
import classes from "./reviews.module.css";

const STANDARD = ["unreviewed", "long", "new_agents", "low_score", "sample", "appeals"] as const;
const icon = { size: 16, stroke: 1.6 };
const PAGES = [
  { page: "playlists", icon: <IconPlaylist {...icon} /> },
  { page: "scores", icon: <IconChartLine {...icon} /> },
  { page: "words", icon: <IconTextScan2 {...icon} /> },
  { page: "mentions", icon: <IconAt {...icon} /> },
] as const;
export type ReviewPageName = (typeof PAGES)[number]["page"];
export const isPage = (name: string | undefined): name is ReviewPageName => PAGES.some(({ page }) => page === name);

export function ReviewNav({ queue, page }: { queue: string | undefined; page: ReviewPageName | undefined }) {
  const { t } = useTranslation();
  const mayReview = useMay("reviews_write");
  const all = page === undefined && queue === undefined;
  return (
    <nav className={classes.queues} aria-label={t("reviews.queues")}>
      <Link to="/reviews" data-active={all || undefined}>
        {t("reviews.queue.all")}
      </Link>
      {mayReview && <Queues now={queue} />}
      <hr />
      {PAGES.map((one) => (
        <Link
          key={one.page}
          to="/reviews/$callId"
          params={{ callId: one.page }}
          data-active={page === one.page || undefined}
        >
          <span>
            {one.icon}
            {t(`reviews.pages.${one.page}`)}
          </span>
        </Link>
      ))}
    </nav>
  );
}

export function useQueueName(): (queue: Queue) => string {
  const { t } = useTranslation();
  return (queue) => {
    const standard = STANDARD.find((key) => key === queue.key);
    return standard === undefined ? queue.name : t(`reviews.queue.${standard}`);
  };
}

function Queues({ now }: { now: string | undefined }) {
  const { t } = useTranslation();
  const me = useSession().user.id;
  const queries = useQueryClient();
  const found = useQuery(queuesQuery);
  const nameOf = useQueueName();
  const [removing, setRemoving] = useState<Queue | null>(null);
  const remove = useMutation({
    mutationFn: (id: string) =>
      body(client.DELETE("/reviews/queues/{queue_id}", { params: { path: { queue_id: id } } })),
    onSuccess: () => {
      setRemoving(null);
      return queries.invalidateQueries({ queryKey: queuesQuery.queryKey });
    },
    onError: (error) => toast.failure(t("reviews.notSaved"), inWords(error)),
  });
  if (found.isError)
    return (
      <Button variant="subtle" onClick={() => void found.refetch()}>
        {t("common.tryAgain")}
      </Button>
    );
  return (
    <>
      {(found.data ?? []).map((queue) => {
        const key = queue.id ?? queue.key;
        return (
          <div key={key}>
            <Link to="/reviews" search={{ queue: key }} data-active={now === key || undefined}>
              <span>{nameOf(queue)}</span>
              <span className={classes.n}>{queue.count >= 100 ? "100+" : queue.count}</span>
            </Link>
            {queue.id !== null && queue.owner_id === me && (
              <IconButton label={t("reviews.deleteQueue", { name: queue.name })} onClick={() => setRemoving(queue)}>
                <IconTrash size={15} />
              </IconButton>
            )}
          </div>
        );
      })}
      {removing !== null && (
        <Confirm
          title={t("reviews.deleteQueue", { name: removing.name })}
          text={t("reviews.deleteQueueText")}
          action={t("reviews.delete")}
          busy={remove.isPending}
          confirm={() => removing.id !== null && remove.mutate(removing.id)}
          close={() => setRemoving(null)}
        />
      )}
    </>
  );
}
