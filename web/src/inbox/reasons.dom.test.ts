import { afterEach, beforeAll, expect, test } from "vitest";
import { setLanguage, startI18n } from "../i18n";
import { reasonOf, whyRelated } from "./reasons";

beforeAll(() => startI18n("en"));
afterEach(() => setLanguage("en"));

test("the hub's own reasons are said in the reader's language", async () => {
  await setLanguage("pl");
  expect(reasonOf({ code: "timeout", reason: "The provider gave no answer within 30 s." })).toMatch(/^Dostawca/);
  expect(whyRelated("Same subject within 30 days")).toBe("Ten sam temat w ciągu 30 dni");
});

test("what a provider said stays as it came", () => {
  expect(reasonOf({ code: "403", reason: "Forbidden: bot was blocked by the user" })).toBe(
    "Forbidden: bot was blocked by the user",
  );
  expect(whyRelated("toString")).toBe("toString");
});
