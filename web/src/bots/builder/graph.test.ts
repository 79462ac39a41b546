import { describe, expect, it } from "vitest";
import {
  addStep,
  connect,
  edgesOf,
  exitsOf,
  freeId,
  type Graph,
  list,
  removeSteps,
  setAnswer,
  setField,
  stepOf,
  waysOf,
  withText,
} from "./graph";
import { begun, edited, redone, undone } from "./history";
import { clearSpot, copyStep, crowded, firstView, inOrder, readGraph, tidied } from "./layout";

const graph: Graph = {
  languages: ["en", "pl"],
  start: "greet",
  timeout: 60,
  steps: [
    { id: "greet", kind: "message", text: { en: "Hello" }, exits: { next: "ask" }, at: [0, 0] },
    {
      id: "ask",
      kind: "question",
      text: {},
      answer: "choice",
      options: [
        { id: "yes", label: {} },
        { id: "no", label: {} },
      ],
      exits: { yes: "human", no: "bye" },
      at: [400, 0],
    },
    { id: "human", kind: "handover", at: [800, 0] },
    { id: "bye", kind: "close", at: [800, 300] },
  ],
};
const exits = (of: Graph, id: string) => exitsOf(stepOf(of, id) ?? {});

describe("the ways out of a step", () => {
  it("are one per choice until one way leads on from all of them", () => {
    const ask = stepOf(graph, "ask");
    expect(ask && waysOf(ask, ["en"]).needed).toEqual(["yes", "no"]);
    const joined = stepOf(connect(graph, "ask", "next", "human"), "ask");
    expect(joined && waysOf(joined, ["en"]).needed).toEqual(["next"]);
  });

  it("are one per language, else the rest", () => {
    expect(waysOf({ id: "l", kind: "language" }, ["en", "ko"])).toEqual({ needed: ["else"], may: ["en", "ko"] });
  });

  it("lack the one for no help where nobody is asked", () => {
    expect(waysOf({ id: "f", kind: "faq", confirm: false }, []).needed).toEqual(["helped", "none"]);
  });
});

describe("editing a flow", () => {
  it("leads a new step on from the first free exit of the chosen one", () => {
    const loose = connect(graph, "ask", "no", "");
    const added = addStep(loose, "message", [10, 20], "ask");
    expect(added.id).toBe("message");
    expect(exits(added.graph, "ask")).toEqual({ yes: "human", no: "message" });
  });

  it("puts a new step between where the only way is taken", () => {
    const added = addStep(graph, "wait", [0, 0], "greet");
    expect([exits(added.graph, "greet"), exits(added.graph, "wait")]).toEqual([{ next: "wait" }, { next: "ask" }]);
  });

  it("draws no way to a new step that leads nowhere or behind one with several ways", () => {
    expect(edgesOf(addStep(graph, "close", [0, 0], "greet").graph)).toEqual(edgesOf(graph));
    expect(edgesOf(addStep(graph, "message", [0, 0], "ask").graph)).toEqual(edgesOf(graph));
  });

  it("makes the first step of an empty flow its start", () => {
    expect(addStep({ ...graph, start: "", steps: [] }, "message", [0, 0]).graph.start).toBe("message");
  });

  it("never gives an id twice", () => {
    expect(freeId("message", ["message", "message-2"])).toBe("message-3");
  });

  it("deletes a step with the ways to it and begins where it led", () => {
    const after = removeSteps(graph, ["greet"]);
    expect(after.start).toBe("ask");
    expect(exits(removeSteps(graph, ["human"]), "ask")).toEqual({ no: "bye" });
  });

  it("takes a way away, so that the exit is gone and not empty", () => {
    expect(exits(connect(graph, "ask", "yes", ""), "ask")).toEqual({ no: "bye" });
  });

  it("lets the ways of a removed choice go with it", () => {
    const after = setField(graph, "ask", "options", [{ id: "yes", label: {} }]);
    expect(exits(after, "ask")).toEqual({ yes: "human" });
  });

  it("gives a question with choices two to begin with", () => {
    const asked = addStep(graph, "question", [0, 0]);
    expect(list(stepOf(setAnswer(asked.graph, asked.id, "choice"), asked.id)?.options)).toHaveLength(2);
  });

  it("keeps what it does not know", () => {
    expect(setField(graph, "greet", "label", "Hi").timeout).toBe(60);
  });

  it("takes out a text that was emptied", () => {
    expect(withText({ en: "Hello", pl: "Cześć" }, "pl", "")).toEqual({ en: "Hello" });
  });

  it("changes nothing in place", () => {
    const before = structuredClone(graph);
    removeSteps(connect(setField(graph, "ask", "answer", "text"), "greet", "next", "bye"), ["ask"]);
    expect(graph).toEqual(before);
  });
});

describe("a drawing", () => {
  const heap = { ...graph, steps: graph.steps.map((step) => ({ ...step, at: [0, 0] })) };

  it("is tidied on opening if its steps lie on one another", () => {
    expect(crowded(heap)).toBe(true);
    expect(crowded(readGraph(heap))).toBe(false);
  });

  it("stays as it was drawn otherwise", () => {
    expect(readGraph(graph)).toEqual(graph);
  });

  it("of a flow that goes in circles is tidied too", () => {
    expect(crowded(tidied(connect(heap, "ask", "timeout", "greet")))).toBe(false);
  });

  it("is looked at whole if it can be read so, else from its corner", () => {
    expect(firstView(graph, 1400, 800)).toMatchObject({ zoom: 1 });
    expect(firstView(graph, 400, 800)).toMatchObject({ zoom: 0.65, x: 24 });
  });

  it("opens with parts missing", () => {
    expect(readGraph({ steps: [{ kind: "message" }, 3, { id: "a", kind: "close" }] }).steps).toHaveLength(1);
  });
});

it("lists steps in the order in which they are reached, those nobody reaches last", () => {
  const mixed = { ...graph, steps: [{ id: "lost", kind: "close" }, ...graph.steps.toReversed()] };
  expect(inOrder(mixed).map((step) => step.id)).toEqual(["greet", "ask", "human", "bye", "lost"]);
});

it("finds room for a new step beside the others", () => {
  const spots = [
    clearSpot(graph, undefined),
    clearSpot(graph, stepOf(graph, "greet")),
    clearSpot(readGraph({}), undefined),
  ];
  expect(spots).toEqual([
    [1120, 300],
    [320, 150],
    [0, 0],
  ]);
});

it("copies a step without the ways to it", () => {
  const copied = copyStep(graph, graph.steps[1] ?? { id: "", kind: "" });
  expect(exits(copied.graph, copied.id)).toEqual({ yes: "human", no: "bye" });
  expect(edgesOf(copied.graph).filter((edge) => edge.to === copied.id)).toEqual([]);
});

it("takes typing back in one go, and other edits one by one", () => {
  const typed = edited(edited(edited(begun("a"), "b"), "bc", "text"), "bcd", "text");
  expect(undone(typed).now).toBe("b");
  expect(undone(undone(typed)).now).toBe("a");
  expect(redone(undone(typed)).now).toBe("bcd");
  expect(edited(undone(typed), "x").future).toEqual([]);
});
