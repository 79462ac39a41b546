/** What people say about seconds of a call: threads with answers, marked as done, seen by whom they are for. */
import { Button, MultiSelect, Switch, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Ref, useState } from "react";
import { body, client } from "../api/client";
import { useMay, usePeople, useSession } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { Broken } from "../ui/States";
import { duration } from "../ui/time";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import type { Listening } from "./Listen";
import { type Comment, commentsQuery } from "./queries";
import classes from "./reviews.module.css";

interface Props {
  callId: string;
  /** Who of us spoke: they can be mentioned where they see the comment. */
  agents: readonly string[];
  listening: Listening | null;
  seek(second: number): void;
  box: Ref<HTMLTextAreaElement>;
}

export function Comments({ callId, agents, listening, seek, box }: Props) {
  const { t } = useTranslation();
  const found = useQuery(commentsQuery(callId));
  const mayWrite = useMay("reviews_write");
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  const all = found.data ?? [];
  const threads = all.filter((one) => one.parent_id === null).toSorted((a, b) => a.start - b.start);
  return (
    <section className={classes.panel}>
      <h2>{t("reviews.comments")}</h2>
      {mayWrite && <Write callId={callId} agents={agents} listening={listening} box={box} />}
      {found.data !== undefined && threads.length === 0 && <p className={classes.quiet}>{t("reviews.noComments")}</p>}
      <ul className={classes.threads}>
        {threads.map((thread) => (
          <li key={thread.id} data-done={thread.resolved_at !== null || undefined}>
            <One comment={thread} seek={seek} />
            <ul>
              {all
                .filter((one) => one.parent_id === thread.id)
                .map((answer) => (
                  <li key={answer.id}>
                    <One comment={answer} seek={seek} />
                  </li>
                ))}
            </ul>
            <Thread thread={thread} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function useChanged(callId: string) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return {
    onSuccess: () => queries.invalidateQueries({ queryKey: commentsQuery(callId).queryKey }),
    onError: (error: unknown) => toast.failure(t("reviews.notSaved"), inWords(error)),
  };
}

function Write({ callId, agents, listening, box }: Omit<Props, "seek">) {
  const { t } = useTranslation();
  const people = usePeople();
  const [text, setText] = useState("");
  const [agentSees, setAgentSees] = useState(false);
  const [mentions, setMentions] = useState<string[]>([]);
  const [start, end] = listening?.range ?? [listening?.time ?? 0, null];
  const changed = useChanged(callId);
  const write = useMutation({
    mutationFn: () =>
      body(
        client.POST("/calls/{call_id}/comments", {
          params: { path: { call_id: callId } },
          body: { id: newId(), text, start, end, mentions, visibility: agentSees ? "agent" : "reviewers" },
        }),
      ),
    onSuccess: () => {
      setText("");
      setMentions([]);
      return changed.onSuccess();
    },
    onError: changed.onError,
  });
  return (
    <form
      className={classes.write}
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate();
      }}
    >
      <Textarea
        ref={box}
        autosize
        minRows={2}
        label={
          end === null
            ? t("reviews.write", { time: duration(start) })
            : t("reviews.writeRange", { from: duration(start), to: duration(end) })
        }
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.writeBar}>
        <Switch
          label={t("reviews.agentSees")}
          checked={agentSees}
          onChange={(event) => setAgentSees(event.currentTarget.checked)}
        />
        <MultiSelect
          aria-label={t("reviews.mention")}
          placeholder={mentions.length === 0 ? t("reviews.mention") : ""}
          data={[...people.values()]
            .filter(({ id, role, active }) => active && (role !== "agent" || (agentSees && agents.includes(id))))
            .map(({ id, name }) => ({ value: id, label: name }))}
          value={mentions}
          onChange={setMentions}
          searchable
        />
        <Button type="submit" loading={write.isPending} disabled={text.trim() === ""}>
          {t("reviews.send")}
        </Button>
      </div>
    </form>
  );
}

function One({ comment, seek }: { comment: Comment; seek(second: number): void }) {
  const { t } = useTranslation();
  const people = usePeople();
  const me = useSession().user.id;
  const changed = useChanged(comment.call_id);
  const [text, setText] = useState<string | null>(null);
  const edit = useMutation({
    mutationFn: (words: string) =>
      body(
        client.PATCH("/comments/{comment_id}", { params: { path: { comment_id: comment.id } }, body: { text: words } }),
      ),
    onSuccess: () => {
      setText(null);
      return changed.onSuccess();
    },
    onError: changed.onError,
  });
  const remove = useMutation({
    mutationFn: () => body(client.DELETE("/comments/{comment_id}", { params: { path: { comment_id: comment.id } } })),
    ...changed,
  });
  return (
    <article className={classes.comment}>
      <header>
        <strong>{people.get(comment.author_id)?.name}</strong>
        {comment.parent_id === null && (
          <button type="button" className={classes.second} onClick={() => seek(comment.start)}>
            {duration(comment.start)}
            {comment.end !== null && `–${duration(comment.end)}`}
          </button>
        )}
        <When at={comment.created_at} />
        {comment.parent_id === null && (
          <small>{t(comment.visibility === "agent" ? "reviews.agentSees" : "reviews.onlyReviewers")}</small>
        )}
        {comment.edited_at !== null && <small>{t("reviews.wasEdited")}</small>}
        {comment.author_id === me && text === null && (
          <>
            <Button variant="subtle" size="compact-xs" onClick={() => setText(comment.text)}>
              {t("reviews.edit")}
            </Button>
            <Button variant="subtle" size="compact-xs" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t("reviews.delete")}
            </Button>
          </>
        )}
      </header>
      {text === null ? (
        <p>
          {comment.mentions.map((id) => (
            <b key={id}>@{people.get(id)?.name} </b>
          ))}
          {comment.text}
        </p>
      ) : (
        <form
          className={classes.answer}
          onSubmit={(event) => {
            event.preventDefault();
            edit.mutate(text);
          }}
        >
          <Textarea
            aria-label={t("reviews.editComment")}
            autosize
            autoFocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <span className={classes.choices}>
            <Button type="submit" loading={edit.isPending} disabled={text.trim() === ""}>
              {t("reviews.save")}
            </Button>
            <Button variant="subtle" onClick={() => setText(null)}>
              {t("reviews.cancel")}
            </Button>
          </span>
        </form>
      )}
    </article>
  );
}

function Thread({ thread }: { thread: Comment }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const changed = useChanged(thread.call_id);
  const resolved = thread.resolved_at !== null;
  const me = useSession().user.id;
  const mayResolve = useMay("reviews_write") || thread.author_id === me;
  const answer = useMutation({
    mutationFn: () =>
      body(
        client.POST("/calls/{call_id}/comments", {
          params: { path: { call_id: thread.call_id } },
          body: { id: newId(), text, parent_id: thread.id },
        }),
      ),
    onSuccess: () => {
      setText("");
      return changed.onSuccess();
    },
    onError: changed.onError,
  });
  const resolve = useMutation({
    mutationFn: () =>
      body(
        client.PUT("/comments/{comment_id}/resolved", {
          params: { path: { comment_id: thread.id } },
          body: { resolved: !resolved },
        }),
      ),
    ...changed,
  });
  return (
    <form
      className={classes.answer}
      onSubmit={(event) => {
        event.preventDefault();
        answer.mutate();
      }}
    >
      <Textarea
        aria-label={t("reviews.answer")}
        placeholder={t("reviews.answer")}
        autosize
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {text.trim() === "" ? (
        mayResolve && (
          <Button variant="default" loading={resolve.isPending} onClick={() => resolve.mutate()}>
            {t(resolved ? "reviews.reopen" : "reviews.resolve")}
          </Button>
        )
      ) : (
        <Button type="submit" loading={answer.isPending}>
          {t("reviews.answer")}
        </Button>
      )}
    </form>
  );
}
