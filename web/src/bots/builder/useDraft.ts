/** The draft while it is drawn: undo, what is wrong with it, and saving by itself without overwriting others. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { body, client } from "../../api/client";
import { ApiError, inWords } from "../../api/problem";
import type { Problem } from "../problems";
import { type Flow, flowQuery } from "../queries";
import type { Graph } from "./graph";
import { begun, edited, redone, undone } from "./history";
import { readGraph } from "./layout";

const CHECK_AFTER = 250;
const SAVE_AFTER = 600;

export type Saving = "saved" | "unsaved" | "saving" | "conflict" | "failed";

export function useDraft(flow: Flow) {
  const queries = useQueryClient();
  const [history, setHistory] = useState(() => begun(readGraph(flow.draft)));
  const [problems, setProblems] = useState<readonly Problem[]>(flow.problems);
  const graph = history.now;
  const [kept, setKept] = useState(graph);
  const [sending, setSending] = useState(false);
  const [conflict, setConflict] = useState(false);
  /** The drawing the hub did not take; it is not sent again before it is changed. */
  const [refused, setRefused] = useState<Graph | null>(null);
  const [trouble, setTrouble] = useState("");
  const revision = useRef(flow.revision);
  /** The draft as the hub last gave it to us. */
  const known = useRef(JSON.stringify(flow.draft));
  /** What the page itself said is wrong with it; later drawings are checked. */
  const opened = useRef<Graph | null>(graph);
  const saving = stateOf({ still: graph === kept, conflict, sending, failed: graph === refused });

  const save = useCallback(
    async (sent: Graph) => {
      setSending(true);
      try {
        const path = { flow_id: flow.id };
        const after = await body(
          client.PATCH("/bots/flows/{flow_id}", {
            params: { path },
            body: { revision: revision.current, draft: sent },
          }),
        );
        revision.current = after.revision;
        known.current = JSON.stringify(after.draft);
        setKept(sent);
        setConflict(false);
        setRefused(null);
        setTrouble("");
        queries.setQueryData(flowQuery(flow.id).queryKey, after);
        void queries.invalidateQueries({ queryKey: ["bots", "flows"] });
      } catch (error) {
        setTrouble(inWords(error));
        setRefused(sent);
        setConflict(error instanceof ApiError && error.status === 409);
      } finally {
        setSending(false);
      }
    },
    [flow.id, queries],
  );

  useEffect(() => {
    if (graph === opened.current) return;
    opened.current = null;
    const checking = new AbortController();
    const check = setTimeout(() => {
      body(client.POST("/bots/check", { body: { graph, flow_id: flow.id }, signal: checking.signal })).then(
        setProblems,
        (error: unknown) => {
          if (!checking.signal.aborted) setTrouble(inWords(error));
        },
      );
    }, CHECK_AFTER);
    return () => {
      clearTimeout(check);
      checking.abort();
    };
  }, [graph, flow.id]);

  useEffect(() => {
    if (saving !== "unsaved") return;
    const timer = setTimeout(() => void save(graph), SAVE_AFTER);
    return () => clearTimeout(timer);
  }, [graph, saving, save]);

  // Whoever leaves the drawing within the moment before it is saved loses nothing.
  const waiting = useRef<Graph | null>(null);
  useEffect(() => {
    waiting.current = saving === "unsaved" ? graph : null;
  }, [graph, saving]);
  useEffect(
    () => () => {
      if (waiting.current !== null) void save(waiting.current);
    },
    [save],
  );

  // A new name is a new revision of the same drawing: nobody drew anything meanwhile.
  useEffect(() => {
    if (JSON.stringify(flow.draft) === known.current) revision.current = Math.max(revision.current, flow.revision);
  }, [flow]);

  const read = async () => {
    const theirs = await queries.fetchQuery({ ...flowQuery(flow.id), staleTime: 0 });
    revision.current = theirs.revision;
    known.current = JSON.stringify(theirs.draft);
    return theirs;
  };
  /** Takes what somebody else saved meanwhile; one's own drawing is one undo away. */
  const takeTheirs = async () => {
    const theirs = readGraph((await read()).draft);
    setKept(theirs);
    setHistory((before) => edited(before, theirs));
    setTrouble("");
    setConflict(false);
  };
  const keepMine = async () => {
    await read();
    await save(graph);
  };

  return {
    graph,
    problems,
    saving,
    trouble,
    takeTheirs,
    keepMine,
    retry: () => save(graph),
    change: useCallback((after: Graph, key = "") => setHistory((before) => edited(before, after, key)), []),
    undo: useCallback(() => setHistory(undone), []),
    redo: useCallback(() => setHistory(redone), []),
    mayUndo: history.past.length > 0,
    mayRedo: history.future.length > 0,
  };
}

function stateOf(now: { still: boolean; conflict: boolean; sending: boolean; failed: boolean }): Saving {
  if (now.conflict) return "conflict";
  if (now.still) return "saved";
  if (now.sending) return "saving";
  return now.failed ? "failed" : "unsaved";
}
