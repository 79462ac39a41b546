import i18next from "i18next";
import { expect, it } from "vitest";
import { openTexts, setLanguage, startI18n, t } from ".";

it("a room that is opened while the language changes speaks the new one, too", async () => {
  await startI18n("en");
  await openTexts("rules");
  const opened = new Promise<void>((done) => {
    i18next.store.on("added", () => queueMicrotask(() => void openTexts("calls").then(done)));
  });
  await setLanguage("pl");
  await opened;
  expect(t("calls.presence.away")).toBe("Poza biurem");
});
