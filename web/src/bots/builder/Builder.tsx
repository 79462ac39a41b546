/** Draws a flow: its steps as a drawing or a list, the chosen one beside it, or a talk with what is drawn. */
import { Button, MultiSelect } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { useMay } from "../../api/hooks";
import { inWords } from "../../api/problem";
import { useTranslation } from "../../i18n";
import { RowSkeletons } from "../../ui/States";
import { toast } from "../../ui/toast";
import type { View } from "../FlowPage";
import { languageOptions } from "../languages";
import { problemWords } from "../problems";
import type { Flow } from "../queries";
import { Try } from "../Try";
import { Bar } from "./Bar";
import classes from "./builder.module.css";
import type { Found } from "./Canvas";
import { Document } from "./Document";
import { addStep, type Kind, setLanguages, stepOf } from "./graph";
import { clearSpot, copyStep, tidied } from "./layout";
import { Panel } from "./Panel";
import { StepList } from "./StepList";
import { useDraft } from "./useDraft";

// The drawing's library is fetched when somebody draws.
const Canvas = lazy(() => import("./Canvas"));

interface BuilderProps {
  flow: Flow;
  view: View;
  counts: ReadonlyMap<string, string>;
  /** Told while there are changes that are not saved. */
  unsaved: (now: boolean) => void;
  /** Told whether something keeps the flow from being published. */
  wrong: (now: boolean) => void;
}

/** What the drawing shall bring into view: a step, or all. */
export interface Focus {
  id: string;
}

/** Once what it names is drawn. */
function focusOn(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}

const isStep = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches(".react-flow__node, [data-row]");
/** Whether Escape closes nothing nearer, such as an open list of choices or a dialog. */
const isFree = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('[aria-expanded="true"]:not([data-row]), [role="dialog"], [role="menu"]') === null;

export default function Builder({ flow, view, counts, unsaved, wrong }: BuilderProps) {
  const { t, i18n } = useTranslation();
  const mayWrite = useMay("bots_write");
  const draft = useDraft(flow);
  const [picked, setPicked] = useState("");
  const [focus, setFocus] = useState<Focus | null>(null);
  /** Whether the step was opened with the keyboard, which then goes on in its fields. */
  const [byKey, setByKey] = useState(false);
  const { graph, change } = draft;
  const step = stepOf(graph, picked);
  const chosen = step?.id ?? "";
  const still = draft.saving === "saved";
  useEffect(() => unsaved(!still), [still, unsaved]);
  useEffect(() => () => unsaved(false), [unsaved]);
  const stopped = draft.problems.some((one) => one.level === "error");
  useEffect(() => wrong(stopped), [stopped, wrong]);
  const problems = useMemo(
    () => draft.problems.map((one): Found => ({ ...one, words: problemWords(t, one, graph, i18n.language) })),
    [draft.problems, graph, t, i18n.language],
  );
  const show = (id: string) => {
    setPicked(id);
    setFocus({ id });
  };
  const add = (kind: Kind) => {
    const added = addStep(graph, kind, clearSpot(graph, step), chosen);
    change(added.graph);
    show(added.id);
  };
  const copy = () => {
    if (step === undefined) return;
    const copied = copyStep(graph, step);
    change(copied.graph);
    show(copied.id);
  };
  const choose = (id: string) => {
    setPicked(id);
    // Back from a step what it was opened by has the focus again.
    if (id === "" && chosen !== "") {
      const name = CSS.escape(chosen);
      focusOn(`[data-row="${name}"], .react-flow__node[data-id="${name}"]`);
    }
  };
  useHotkeys(
    [
      ["mod+Z", draft.undo],
      ["mod+shift+Z", draft.redo],
      ["mod+Y", draft.redo],
      ["Enter", (event) => setByKey(isStep(event.target)), { preventDefault: false }],
      ["Escape", (event) => isFree(event.target) && choose(""), { preventDefault: false }],
    ],
    [],
  );
  const tried = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => toast.failure(t("bots.notDone"), inWords(error)));
  const parts = { graph, problems, counts, chosen, choose };
  return (
    <div className={classes.builder} data-view={view} data-editing={step !== undefined || undefined}>
      <section className={classes.drawing} aria-label={t(`bots.builder.${view}`)}>
        <Bar
          draft={draft}
          mayWrite={mayWrite}
          add={add}
          tidy={
            view === "drawing"
              ? () => {
                  change(tidied(graph));
                  setFocus({ id: "" });
                }
              : undefined
          }
        />
        {draft.trouble !== "" && (
          <div className={classes.alert} role="alert">
            <span>{draft.trouble}</span>
            {draft.saving === "conflict" && (
              <>
                <Button size="compact-sm" variant="default" onClick={() => tried(draft.takeTheirs())}>
                  {t("bots.builder.takeTheirs")}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => tried(draft.keepMine())}>
                  {t("bots.builder.keepMine")}
                </Button>
              </>
            )}
            {draft.saving === "failed" && (
              <Button size="compact-sm" variant="default" onClick={() => tried(draft.retry())}>
                {t("common.tryAgain")}
              </Button>
            )}
          </div>
        )}
        {view === "list" ? (
          <StepList {...parts} />
        ) : (
          <Suspense fallback={<RowSkeletons rows={5} />}>
            <Canvas {...parts} change={change} mayWrite={mayWrite} focus={focus} />
          </Suspense>
        )}
      </section>
      <aside className={classes.side} aria-label={t("bots.builder.step")}>
        {step !== undefined && (
          <Panel
            key={step.id}
            graph={graph}
            step={step}
            problems={problems.filter((one) => one.step === step.id)}
            change={change}
            choose={choose}
            copy={copy}
            mayWrite={mayWrite}
            byKey={byKey}
          />
        )}
        {/* A talk goes on after a step was looked at. */}
        <div hidden={step !== undefined}>
          {problems
            .filter((one) => one.step === "")
            .map((one) => (
              <p key={one.words} className={classes.bad} data-level={one.level}>
                {one.words}
              </p>
            ))}
          <MultiSelect
            mb={12}
            label={t("bots.builder.languages")}
            description={t("bots.builder.languagesText")}
            searchable
            disabled={!mayWrite}
            data={languageOptions(i18n.language)}
            value={graph.languages}
            onChange={(languages) => change(setLanguages(graph, languages))}
          />
          <Try graph={graph} />
          {view === "list" && mayWrite && <Document graph={graph} change={change} />}
        </div>
      </aside>
    </div>
  );
}
