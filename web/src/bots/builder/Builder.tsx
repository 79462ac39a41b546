/** Draws a flow: the drawing, the chosen step beside it, or a talk with what is drawn. */
import { Button, Menu, MultiSelect } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBinaryTree,
  IconFocusCentered,
  IconPlus,
  IconZoomIn,
  IconZoomOut,
} from "@tabler/icons-react";
import { ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import { useMay } from "../../api/hooks";
import { inWords } from "../../api/problem";
import { useTranslation } from "../../i18n";
import { IconButton } from "../../ui/IconButton";
import { toast } from "../../ui/toast";
import { languageOptions } from "../languages";
import type { Flow } from "../queries";
import { Try } from "../Try";
import classes from "./builder.module.css";
import { Canvas } from "./Canvas";
import { addStep, freeId, type Kind, KINDS, setLanguages, type Spot, spotOf, stepOf, tidied, WIDTH } from "./graph";
import { KindIcon } from "./KindIcon";
import { kindName } from "./names";
import { Panel } from "./Panel";
import { type Saving, useDraft } from "./useDraft";

interface BuilderProps {
  flow: Flow;
  counts: ReadonlyMap<string, string>;
  /** Told while there are changes that are not saved. */
  unsaved: (now: boolean) => void;
}

export default function Builder(props: BuilderProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ flow, counts, unsaved }: BuilderProps) {
  const { t, i18n } = useTranslation();
  const mayWrite = useMay("bots_write");
  const draft = useDraft(flow);
  const view = useReactFlow();
  const [picked, setPicked] = useState("");
  const { graph, change } = draft;
  const step = stepOf(graph, picked);
  const chosen = step?.id ?? "";
  const still = draft.saving === "saved";
  useEffect(() => unsaved(!still), [still, unsaved]);
  useEffect(() => () => unsaved(false), [unsaved]);
  useHotkeys(
    [
      ["mod+Z", draft.undo],
      ["mod+shift+Z", draft.redo],
      ["mod+Y", draft.redo],
    ],
    [],
  );
  const show = (id: string) => {
    setPicked(id);
    setTimeout(() => void view.fitView({ nodes: [{ id }], maxZoom: 1, minZoom: 0.6, duration: 200 }), 50);
  };
  const beside = (): Spot => {
    if (step !== undefined) return clear(spotOf(step), 1);
    const box = document.querySelector(".react-flow")?.getBoundingClientRect();
    const middle = view.screenToFlowPosition({
      x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
      y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
    });
    return clear([middle.x - WIDTH / 2, middle.y], 0);
  };
  /** The next place to the right that no step lies on. */
  const clear = ([x, y]: Spot, columns: number): Spot => {
    let at: Spot = [x + columns * (WIDTH + 80), y];
    while (
      graph.steps.some((one) => Math.abs(spotOf(one)[0] - at[0]) < WIDTH && Math.abs(spotOf(one)[1] - at[1]) < 120)
    )
      at = [at[0], at[1] + 150];
    return at;
  };
  const add = (kind: Kind) => {
    const added = addStep(graph, kind, beside(), chosen);
    change(added.graph);
    show(added.id);
  };
  const copy = () => {
    if (step === undefined) return;
    const id = freeId(
      step.kind,
      graph.steps.map((one) => one.id),
    );
    const twin = { ...structuredClone(step), id, at: clear(spotOf(step), 0) };
    change({ ...graph, steps: [...graph.steps, twin] });
    show(id);
  };
  const found = useMemo(() => draft.problems.filter((one) => one.step === ""), [draft.problems]);
  const tried = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => toast.failure(t("bots.notDone"), inWords(error)));
  return (
    <div className={classes.builder}>
      <section className={classes.drawing} aria-label={t("bots.builder.drawing")}>
        <div className={classes.bar}>
          {mayWrite && (
            <>
              <Menu position="bottom-start">
                <Menu.Target>
                  <Button leftSection={<IconPlus size={15} />}>{t("bots.builder.add")}</Button>
                </Menu.Target>
                <Menu.Dropdown mah={460} style={{ overflowY: "auto" }}>
                  {KINDS.map((kind) => (
                    <Menu.Item key={kind} leftSection={<KindIcon kind={kind} />} onClick={() => add(kind)}>
                      {kindName(t, kind)}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
              <IconButton
                variant="subtle"
                label={t("bots.builder.undo")}
                shortcut="Ctrl+Z"
                disabled={!draft.mayUndo}
                onClick={draft.undo}
              >
                <IconArrowBackUp size={17} />
              </IconButton>
              <IconButton
                variant="subtle"
                label={t("bots.builder.redo")}
                shortcut="Ctrl+Y"
                disabled={!draft.mayRedo}
                onClick={draft.redo}
              >
                <IconArrowForwardUp size={17} />
              </IconButton>
              <IconButton
                variant="subtle"
                label={t("bots.builder.tidy")}
                onClick={() => {
                  change(tidied(graph));
                  setTimeout(() => void view.fitView({ maxZoom: 1, duration: 200 }), 50);
                }}
              >
                <IconBinaryTree size={17} />
              </IconButton>
            </>
          )}
          <IconButton variant="subtle" label={t("bots.builder.zoomIn")} onClick={() => void view.zoomIn()}>
            <IconZoomIn size={17} />
          </IconButton>
          <IconButton variant="subtle" label={t("bots.builder.zoomOut")} onClick={() => void view.zoomOut()}>
            <IconZoomOut size={17} />
          </IconButton>
          <IconButton
            variant="subtle"
            label={t("bots.builder.whole")}
            onClick={() => void view.fitView({ maxZoom: 1, duration: 200 })}
          >
            <IconFocusCentered size={17} />
          </IconButton>
          <output>{mayWrite && stateOf(t, draft.saving)}</output>
        </div>
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
        <Canvas
          graph={graph}
          problems={draft.problems}
          counts={counts}
          chosen={chosen}
          choose={setPicked}
          change={change}
          mayWrite={mayWrite}
        />
      </section>
      <aside className={classes.side} aria-label={t("bots.builder.step")}>
        {step !== undefined && (
          <Panel
            key={step.id}
            graph={graph}
            step={step}
            problems={draft.problems.filter((one) => one.step === step.id)}
            change={change}
            choose={setPicked}
            copy={copy}
            mayWrite={mayWrite}
          />
        )}
        {/* A talk goes on after a step was looked at. */}
        <div hidden={step !== undefined}>
          {found.map((one) => (
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
        </div>
      </aside>
    </div>
  );
}

function stateOf(t: ReturnType<typeof useTranslation>["t"], saving: Saving): string {
  if (saving === "saved") return t("bots.saved");
  return saving === "conflict" || saving === "failed" ? t("bots.builder.notSaved") : t("bots.builder.saving");
}
