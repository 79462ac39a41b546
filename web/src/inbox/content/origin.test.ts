import { expect, test } from "vitest";
import { originOf } from "./origin";

const SUBMISSION = {
  form: { name: "Ann", message: "Hello" },
  page: "https://shop.example/contact?utm_source=news",
  referrer: "https://search.example/",
  utm: { utm_campaign: "spring", utm_source: "news" },
  consent: { text: "You may write to me.", at: "2026-11-22T09:30:00+00:00" },
};

test("a submission tells its page, where the person came from, the campaign and what was agreed to", () => {
  expect(originOf(SUBMISSION)).toEqual({
    page: SUBMISSION.page,
    referrer: SUBMISSION.referrer,
    campaign: "news / spring",
    consent: { text: "You may write to me.", at: new Date("2026-11-22T09:30:00Z") },
  });
});

test("what is no submission, or tells nothing, shows nothing", () => {
  expect(originOf({ page: "https://shop.example/" })).toBeNull();
  expect(originOf({ form: { name: "Ann" } })).toBeNull();
});

test("an address that is no page never becomes a link", () => {
  expect(originOf({ ...SUBMISSION, page: "javascript:alert(1)", referrer: 7 })).toMatchObject({
    page: "",
    referrer: "",
  });
});

test("a consent without a time it was given at is none", () => {
  expect(originOf({ ...SUBMISSION, consent: { text: "Yes", at: "once" } })?.consent).toBeNull();
});
