import { describe, expect, it } from "vitest";
import { fresh, freeName, inOrder, type Plan, renamed, withStep, without } from "./plan";

const plan: Plan = {
  start: "hours",
  nodes: {
    lost: fresh("hang_up", "", "en"),
    voicemail: fresh("voicemail", "", "en"),
    ring: fresh("ring", "voicemail", "en"),
    menu: { ...fresh("menu", "ring", "en"), choices: { "1": "ring", "2": "voicemail" } },
    hours: { ...fresh("hours", "menu", "en"), closed: "voicemail" },
  },
  after_hours: "voicemail",
  block: { numbers: [], withheld: false, answer: "reject" },
  recording: "off",
  wrap_up_seconds: 15,
  short_seconds: 5,
  caller_id: "",
  missed_text: null,
  results: [],
  listening: null,
};

describe("a call plan", () => {
  it("is read as a caller meets it, the lost steps last", () => {
    expect(inOrder(plan)).toEqual(["hours", "menu", "ring", "voicemail", "lost"]);
  });

  it("keeps its ways when a step is renamed", () => {
    const changed = renamed(plan, "voicemail", "Message");
    expect(changed.nodes.menu?.choices).toEqual({ "1": "ring", "2": "Message" });
    expect(changed.nodes.ring).toMatchObject({ no_answer: "Message", full: "Message" });
    expect(changed.after_hours).toBe("Message");
    expect(Object.keys(changed.nodes)).toContain("Message");
    expect(Object.keys(changed.nodes)).not.toContain("voicemail");
  });

  it("takes no name twice, and none that is empty", () => {
    expect(renamed(plan, "ring", "menu")).toBe(plan);
    expect(renamed(plan, "ring", "")).toBe(plan);
    expect(freeName(plan, "ring")).toBe("ring 2");
    expect(freeName(withStep(plan, "ring 2", fresh("ring", "", "en")), "ring")).toBe("ring 3");
  });

  it("leads past a step that is taken out", () => {
    const changed = without(plan, "menu");
    expect(changed.nodes.hours?.open).toBe("ring");
    expect(changed.nodes.menu).toBeUndefined();
    expect(without(plan, "hours").start).toBe("menu");
  });

  it("hangs up where a step at the end is taken out", () => {
    expect(without(plan, "voicemail").nodes.ring).toMatchObject({ no_answer: "", full: "" });
  });
});
