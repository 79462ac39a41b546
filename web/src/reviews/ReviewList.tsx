/** The calls of a queue: whose, how long, how they scored. Queues stand beside; one can save more of them. */
import { Button, Checkbox, Modal, NumberInput, Stack, TextInput } from "@mantine/core";
import { IconHeadphones, IconPlus, IconTrash } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay, usePeople, useSession } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import calls from "../calls/calls.module.css";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { duration } from "../ui/time";
import { When } from "../ui/When";
import { type Queue, queuesQuery, type Row, rowsQuery } from "./queries";
import classes from "./reviews.module.css";

const STANDARD = ["unreviewed", "long", "new_agents", "low_score", "sample", "appeals"] as const;

export function ReviewList({ queue }: { queue: string | undefined }) {
  const { t } = useTranslation();
  const mayReview = useMay("reviews_write");
  const list = useInfiniteQuery(rowsQuery(queue));
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={classes.list}>
      {mayReview && <Queues now={queue} />}
      <div className={classes.rows}>
        {list.isPending && <RowSkeletons />}
        {list.isError && <Broken error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && rows.length === 0 && (
          <Empty
            icon={<IconHeadphones size={28} stroke={1.5} />}
            title={t("reviews.none")}
            text={t("reviews.noneText")}
          />
        )}
        <ul className={calls.list}>
          {rows.map((row) => (
            <li key={row.call_id}>
              <One row={row} queue={queue} />
            </li>
          ))}
        </ul>
        {list.hasNextPage && (
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("reviews.more")}
          </Button>
        )}
      </div>
    </div>
  );
}

function One({ row, queue }: { row: Row; queue: string | undefined }) {
  const { t } = useTranslation();
  const people = usePeople();
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

function Queues({ now }: { now: string | undefined }) {
  const { t } = useTranslation();
  const me = useSession().user.id;
  const queries = useQueryClient();
  const found = useQuery(queuesQuery);
  const [adding, setAdding] = useState(false);
  const remove = useMutation({
    mutationFn: (id: string) =>
      body(client.DELETE("/reviews/queues/{queue_id}", { params: { path: { queue_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: queuesQuery.queryKey }),
  });
  const nameOf = (queue: Queue): string => {
    const standard = STANDARD.find((key) => key === queue.key);
    return standard === undefined ? queue.name : t(`reviews.queue.${standard}`);
  };
  return (
    <nav className={classes.queues} aria-label={t("reviews.queues")}>
      <Link to="/reviews" data-active={now === undefined || undefined}>
        {t("reviews.queue.all")}
      </Link>
      {(found.data ?? []).map((queue) => {
        const key = queue.id ?? queue.key;
        return (
          <div key={key}>
            <Link to="/reviews" search={{ queue: key }} data-active={now === key || undefined}>
              {nameOf(queue)}
              <span>{queue.count >= 1000 ? "1000+" : queue.count}</span>
            </Link>
            {queue.id !== null && queue.owner_id === me && (
              <IconButton
                label={t("reviews.deleteQueue", { name: queue.name })}
                onClick={() => queue.id !== null && remove.mutate(queue.id)}
              >
                <IconTrash size={15} />
              </IconButton>
            )}
          </div>
        );
      })}
      <Button
        variant="subtle"
        justify="flex-start"
        leftSection={<IconPlus size={15} />}
        onClick={() => setAdding(true)}
      >
        {t("reviews.saveQueue")}
      </Button>
      <Modal opened={adding} onClose={() => setAdding(false)} title={t("reviews.saveQueue")}>
        <NewQueue close={() => setAdding(false)} />
      </Modal>
    </nav>
  );
}

function NewQueue({ close }: { close(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [unreviewed, setUnreviewed] = useState(true);
  const [shared, setShared] = useState(false);
  const [seconds, setSeconds] = useState<string | number>("");
  const [days, setDays] = useState<string | number>("");
  const [sample, setSample] = useState<string | number>("");
  const save = useMutation({
    mutationFn: () =>
      body(
        client.POST("/reviews/queues", {
          body: {
            id: newId(),
            name,
            shared,
            rule: {
              ...(unreviewed ? { reviewed: false } : {}),
              ...(typeof seconds === "number" ? { min_seconds: seconds } : {}),
              ...(typeof days === "number" ? { within_days: days } : {}),
              ...(typeof sample === "number" ? { sample } : {}),
            },
          },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: queuesQuery.queryKey });
      close();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t("reviews.queueName")}
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={t("reviews.onlyUnreviewed")}
          checked={unreviewed}
          onChange={(event) => setUnreviewed(event.currentTarget.checked)}
        />
        <NumberInput label={t("reviews.minSeconds")} min={0} value={seconds} onChange={setSeconds} />
        <NumberInput label={t("reviews.withinDays")} min={1} max={3650} value={days} onChange={setDays} />
        <NumberInput label={t("reviews.samplePercent")} min={1} max={100} value={sample} onChange={setSample} />
        <Checkbox
          label={t("reviews.sharedQueue")}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        {save.isError && <p className={classes.problem}>{inWords(save.error)}</p>}
        <Button type="submit" loading={save.isPending}>
          {t("reviews.saveQueue")}
        </Button>
      </Stack>
    </form>
  );
}
