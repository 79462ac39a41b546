import { expect, test } from "vitest";
import { standing } from "./standing";

const told = { state: "wrap_up", chosen: "available", wrap_up_until: "2026-03-02T10:00:30.5Z" } as const;

test("wrap-up ends by itself", () => {
  expect(standing(told, "2026-03-02T10:00:30Z")).toBe("wrap_up");
  expect(standing(told, "2026-03-02T10:00:31.000Z")).toBe("available");
});

test("what else was told stays", () => {
  expect(standing({ ...told, state: "busy", wrap_up_until: null }, "2026-03-02T10:01:00Z")).toBe("busy");
  expect(standing({ ...told, state: "away", chosen: "away" }, "2026-03-02T10:00:00Z")).toBe("away");
});
