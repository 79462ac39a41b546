/** The drawing: steps are moved, exits drawn to steps, both deleted. */
import "@xyflow/react/dist/base.css";
import { IconFocusCentered, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import {
  Background,
  type Edge as Line,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useEdgesState,
  useNodesState,
  useReactFlow,
} from "@xyflow/react";
import { useEffect, useMemo } from "react";
import { useTranslation } from "../../i18n";
import { IconButton } from "../../ui/IconButton";
import type { Problem } from "../problems";
import type { Focus } from "./Builder";
import classes from "./builder.module.css";
import { connect, edgesOf, exitsOf, type Graph, moveSteps, removeSteps, type Spot, spotOf, waysOf } from "./graph";
import { firstView } from "./layout";
import { exitName, gist, stepName } from "./names";
import { type DrawnStep, StepNode } from "./StepNode";

/** A problem with its words in the reader's language. */
export type Found = Problem;
export type Change = (after: Graph, key?: string) => void;

interface CanvasProps {
  graph: Graph;
  problems: readonly Found[];
  counts: ReadonlyMap<string, string>;
  chosen: string;
  choose: (id: string) => void;
  change: Change;
  mayWrite: boolean;
  focus: Focus | null;
}

const TYPES = { step: StepNode };
const DELETE = ["Delete", "Backspace"];
const smoothly = () => ({ duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150 });

export default function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ graph, problems, counts, chosen, choose, change, mayWrite, focus }: CanvasProps) {
  const { t, i18n } = useTranslation();
  const drawn = useMemo(() => {
    const words = (step: string, level: string) =>
      problems.filter((one) => one.step === step && one.level === level).map((one) => one.words);
    return graph.steps.map((step): DrawnStep => {
      const { needed, may } = waysOf(step, graph.languages);
      const exits = exitsOf(step);
      const shown = [...needed, ...may.filter((way) => way in exits || step.id === chosen)];
      return {
        id: step.id,
        type: "step",
        position: { x: spotOf(step)[0], y: spotOf(step)[1] },
        selected: step.id === chosen,
        ariaLabel: stepName(t, step, i18n.language),
        data: {
          kind: step.kind,
          name: stepName(t, step, i18n.language),
          gist: gist(t, step, i18n.language),
          first: step.id === graph.start,
          exits: shown.map((id) => ({
            id,
            name: exitName(t, step, id, i18n.language),
            loose: needed.includes(id) && (exits[id] ?? "") === "",
          })),
          errors: words(step.id, "error"),
          warnings: words(step.id, "warning"),
          counts: counts.get(step.id) ?? "",
        },
      };
    });
  }, [graph, problems, counts, chosen, t, i18n.language]);
  const [nodes, setNodes, takeNodes] = useNodesState<DrawnStep>(drawn);
  const [lines, setLines, takeLines] = useEdgesState<Line>([]);
  useEffect(() => {
    // What the library measured stays with the step.
    setNodes((before) => {
      const known = new Map(before.map((node) => [node.id, node]));
      return drawn.map((node) => ({ ...known.get(node.id), ...node }));
    });
  }, [drawn, setNodes]);
  useEffect(() => {
    const shown = new Set(drawn.flatMap((node) => node.data.exits.map((exit) => `${node.id}:${exit.id}`)));
    setLines(
      edgesOf(graph)
        .map((edge) => ({
          id: `${edge.from}:${edge.exit}`,
          type: "smoothstep",
          source: edge.from,
          sourceHandle: edge.exit,
          target: edge.to,
        }))
        .filter((line) => shown.has(line.id)),
    );
  }, [graph, drawn, setLines]);
  const view = useReactFlow();
  useEffect(() => {
    if (focus === null) return;
    const on = focus.id === "" ? {} : { nodes: [{ id: focus.id }], minZoom: 0.6 };
    // A new step is measured first.
    const timer = setTimeout(() => void view.fitView({ ...on, ...smoothly(), maxZoom: 1 }), 50);
    return () => clearTimeout(timer);
  }, [focus, view]);
  const moved = (spots: ReadonlyMap<string, Spot>) => {
    const real = new Map(
      [...spots].filter(([id, at]) => {
        const step = graph.steps.find((one) => one.id === id);
        return step !== undefined && String(spotOf(step)) !== String(at.map(Math.round));
      }),
    );
    if (real.size > 0) change(moveSteps(graph, real), `move ${[...real.keys()].join()}`);
  };
  return (
    <ReactFlow<DrawnStep>
      className={classes.canvas ?? ""}
      nodes={nodes}
      edges={lines}
      nodeTypes={TYPES}
      onInit={(drawing) => {
        const pane = document.querySelector(".react-flow")?.getBoundingClientRect();
        if (pane !== undefined) void drawing.setViewport(firstView(graph, pane.width, pane.height));
      }}
      minZoom={0.15}
      // A way is chosen beside the drawing, too: with the keyboard one goes from step to step.
      edgesFocusable={false}
      nodesDraggable={mayWrite}
      nodesConnectable={mayWrite}
      edgesReconnectable={mayWrite}
      deleteKeyCode={mayWrite ? DELETE : null}
      connectionRadius={40}
      onNodesChange={(changes) => {
        takeNodes(changes.filter((one) => one.type !== "remove"));
        const picked = changes.find((one) => one.type === "select" && one.selected);
        if (picked?.type === "select") choose(picked.id);
        moved(
          new Map(
            changes.flatMap((one) =>
              one.type === "position" && one.dragging !== true && one.position !== undefined
                ? [[one.id, [one.position.x, one.position.y]] as const]
                : [],
            ),
          ),
        );
      }}
      onEdgesChange={(changes) => takeLines(changes.filter((one) => one.type !== "remove"))}
      onConnect={({ source, sourceHandle, target }) => change(connect(graph, source, sourceHandle ?? "next", target))}
      onReconnect={(line, { source, sourceHandle, target }) =>
        change(
          connect(connect(graph, line.source, line.sourceHandle ?? "next", ""), source, sourceHandle ?? "next", target),
        )
      }
      onDelete={(gone) => {
        const open = gone.edges.reduce(
          (left, line) => connect(left, line.source, line.sourceHandle ?? "next", ""),
          graph,
        );
        change(
          removeSteps(
            open,
            gone.nodes.map((node) => node.id),
          ),
        );
        if (gone.nodes.some((node) => node.id === chosen)) choose("");
      }}
      onPaneClick={() => choose("")}
      ariaLabelConfig={{
        "node.a11yDescription.default": t("bots.builder.nodeHelp"),
        "edge.a11yDescription.default": t("bots.builder.edgeHelp"),
        "node.a11yDescription.ariaLiveMessage": () => t("bots.builder.moved"),
      }}
    >
      <Background gap={20} size={1.5} color="var(--line-strong)" />
      <Panel position="bottom-left" className={classes.zoom ?? ""}>
        <IconButton variant="default" label={t("bots.builder.zoomIn")} onClick={() => void view.zoomIn()}>
          <IconZoomIn size={17} />
        </IconButton>
        <IconButton variant="default" label={t("bots.builder.zoomOut")} onClick={() => void view.zoomOut()}>
          <IconZoomOut size={17} />
        </IconButton>
        <IconButton
          variant="default"
          label={t("bots.builder.whole")}
          onClick={() => void view.fitView({ ...smoothly(), maxZoom: 1 })}
        >
          <IconFocusCentered size={17} />
        </IconButton>
      </Panel>
    </ReactFlow>
  );
}
