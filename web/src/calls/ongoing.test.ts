import { describe, expect, test } from "vitest";
import { isOn, rings } from "./ongoing";
import type { Call } from "./queries";

const ME = "me";
type Leg = Call["legs"][number];
const leg = (part: Partial<Leg>): Leg => ({
  id: "leg",
  party: "agent",
  user_id: ME,
  address: "",
  began_at: "2026-03-02T10:00:00Z",
  ringing_at: null,
  joined_at: "2026-03-02T10:00:05Z",
  left_at: null,
  ended_at: null,
  ending: null,
  ...part,
});
const call = (part: Partial<Call>): Call =>
  ({
    direction: "inbound",
    state: "active",
    answered_at: null,
    placed_by: null,
    ringing: [],
    legs: [],
    ...part,
  }) as Call;

describe("the call I am on", () => {
  test("is one whose leg of mine is connected", () => {
    expect(isOn(call({ legs: [leg({})] }), ME)).toBe(true);
    expect(isOn(call({ legs: [leg({ user_id: "somebody" })] }), ME)).toBe(false);
    expect(isOn(call({ legs: [leg({ joined_at: null })] }), ME)).toBe(false);
  });
  test("is no more mine once I handed it on, though I was on it", () => {
    expect(isOn(call({ agents: [ME], legs: [leg({ left_at: "2026-03-02T10:01:00Z" })] }), ME)).toBe(false);
  });
  test("is none that I listen to", () => {
    expect(isOn(call({ legs: [leg({ party: "supervisor" })] }), ME)).toBe(false);
  });
  test("is one I placed, while it is dialled", () => {
    expect(isOn(call({ direction: "outbound", state: "placing", placed_by: ME }), ME)).toBe(true);
    expect(isOn(call({ direction: "outbound", state: "ended", placed_by: ME }), ME)).toBe(false);
  });
});

test("a call rings me as long as it says so", () => {
  expect(rings(call({ state: "queued", ringing: [ME] }), ME)).toBe(true);
  expect(rings(call({ state: "queued", ringing: ["somebody"] }), ME)).toBe(false);
  expect(rings(call({ state: "ended", ringing: [ME] }), ME)).toBe(false);
});
