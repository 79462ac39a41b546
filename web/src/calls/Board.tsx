/** Who tried to reach us in vain: one entry for each person, settled by any contact on any channel. */
import { Button, SegmentedControl } from "@mantine/core";
import { IconCircleCheck, IconPhone } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useMay, usePeople, useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import { canBegin } from "../inbox/limits";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import classes from "./calls.module.css";
import { CallButton } from "./CallButton";
import { type Debt, debtsQuery } from "./queries";

const NewConversation = lazy(() => import("../inbox/NewConversation"));

export function Board() {
  const { t } = useTranslation();
  const [closed, setClosed] = useState(false);
  const list = useInfiniteQuery(debtsQuery(closed));
  const debts = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t("calls.pages.missed")}
        value={closed ? "closed" : "open"}
        onChange={(value) => setClosed(value === "closed")}
        data={[
          { value: "open", label: t("calls.owed") },
          { value: "closed", label: t("calls.settled") },
        ]}
      />
      {list.isPending && <RowSkeletons rows={5} />}
      {list.isError && <Broken error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && debts.length === 0 && (
        <div className={classes.nothing}>
          <Empty
            icon={<IconCircleCheck size={28} stroke={1.5} />}
            title={t(closed ? "calls.noneSettled" : "calls.noneOwed")}
            text={t("calls.noneOwedText")}
          />
        </div>
      )}
      <ul className={classes.board} aria-label={t(closed ? "calls.settled" : "calls.owed")}>
        {debts.map((debt) => (
          <Row key={debt.id} debt={debt} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("calls.more")}
        </Button>
      )}
    </>
  );
}

function Row({ debt }: { debt: Debt }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const people = usePeople();
  const queries = useQueryClient();
  const mayWrite = useMay("calls_write");
  const change = useMutation({
    mutationFn: (edit: { assignee_id?: string | null; dismissed?: boolean }) =>
      body(client.PATCH("/debts/{debt_id}", { params: { path: { debt_id: debt.id } }, body: edit })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["debts"] }),
    onError: (error) => toast.failure(t("calls.notChanged"), inWords(error)),
  });
  const channels = useChannels();
  const [writing, setWriting] = useState(false);
  // A telephone takes no text: who called is written to where their number is reached in writing.
  const answerable = debt.causes.findLast(
    (cause) => (channels.get(cause.channel_id)?.capabilities.receive_only ?? "") === "",
  );
  const writers = [...channels.values()].filter(
    (channel) => canBegin(channel) && (channel.capabilities.reaches || channel.kind) === "phone",
  );
  const owner = debt.assignee_id === null ? undefined : people.get(debt.assignee_id);
  return (
    <li data-overdue={debt.overdue || undefined}>
      <div className={classes.debtWho}>
        <strong>{debt.contact_name === "" ? debt.address : debt.contact_name}</strong>
        {debt.contact_name !== "" && debt.contact_name !== debt.address && <small>{debt.address}</small>}
      </div>
      <ul className={classes.causes}>
        {debt.causes.map((cause) => (
          <li key={cause.interaction_id}>
            <Link to="/inbox/$conversationId" params={{ conversationId: cause.conversation_id }}>
              <ChannelIcon channelId={cause.channel_id} size={14} /> {t(`calls.causes.${cause.what}`)}{" "}
              <When at={cause.at} />
            </Link>
          </li>
        ))}
      </ul>
      <div className={classes.due}>
        {debt.closed_at === null ? (
          <>
            <span data-overdue={debt.overdue || undefined}>
              {t(debt.overdue ? "calls.overdue" : "calls.due")} <When at={debt.due_at} as="ago" />
            </span>
            <small>{t("calls.attempts", { count: debt.attempts })}</small>
          </>
        ) : (
          <span>
            {t(`calls.ends.${debt.closed_by ?? "message"}`)} <When at={debt.closed_at} />
          </span>
        )}
      </div>
      {debt.closed_at === null && mayWrite && (
        <div className={classes.actions}>
          <CallButton number={debt.address} />
          {answerable !== undefined ? (
            <Button
              component={Link}
              variant="default"
              {...({ to: "/inbox/$conversationId", params: { conversationId: answerable.conversation_id } } as object)}
            >
              {t("calls.write")}
            </Button>
          ) : (
            writers.length > 0 && (
              <Button variant="default" onClick={() => setWriting(true)}>
                {t("calls.write")}
              </Button>
            )
          )}
          {writing && (
            <Suspense fallback={null}>
              <NewConversation
                to={{ address: debt.address, channelIds: writers.map((channel) => channel.id) }}
                close={() => setWriting(false)}
              />
            </Suspense>
          )}
          {owner === undefined ? (
            <Button variant="subtle" onClick={() => change.mutate({ assignee_id: user.id })}>
              {t("calls.take")}
            </Button>
          ) : (
            <Button variant="subtle" onClick={() => change.mutate({ assignee_id: null })}>
              {t("calls.giveBack", { name: owner.name })}
            </Button>
          )}
          <Button variant="subtle" color="gray" onClick={() => change.mutate({ dismissed: true })}>
            {t("calls.dismiss")}
          </Button>
        </div>
      )}
      {debt.closed_at === null && !mayWrite && <IconPhone size={16} aria-hidden />}
    </li>
  );
}
