import { describe, expect, it } from "vitest";
import en from "../../../hub/services/reports/texts/en.json";
import ko from "../../../hub/services/reports/texts/ko.json";
import pl from "../../../hub/services/reports/texts/pl.json";
import { took } from "./numbers";

const HUB = { en, ko, pl };
const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400 };

describe.each(Object.entries(HUB))("files and mails in %s", (language, texts) => {
  it.each(Object.entries(SECONDS))("write a %s as the screens do", (unit, seconds) => {
    const said = texts.file.spans[unit as keyof typeof SECONDS];
    const counts = [1, 2, 5, 22];
    expect(counts.map((n) => said.replace("{{n}}", String(n)))).toEqual(counts.map((n) => took(n * seconds, language)));
  });
});
