import { describe, expect, it } from "vitest";
import { namesOfKinds, withRoom } from "./rooms";

describe("an agent's room", () => {
  it("is changed for one kind of channel and left for the others", () => {
    expect(withRoom({ "": 10, email: 20 }, "email", 5)).toEqual({ "": 10, email: 5 });
  });

  it("is that of all others where a kind's is emptied", () => {
    expect(withRoom({ "": 10, email: 20 }, "email", null)).toEqual({ "": 10 });
  });
});

describe("kinds of channels", () => {
  const connectors = [
    { kind: "sms", title: "Twilio SMS" },
    { kind: "sms", title: "SMPP" },
    { kind: "email", title: "E-mail" },
  ];

  it("stand once each, under what connects them", () => {
    expect(namesOfKinds(["sms", "", "email", "sms"], connectors, "en")).toEqual([
      { kind: "email", name: "E-mail" },
      { kind: "sms", name: "Twilio SMS, SMPP" },
    ]);
  });

  it("keep their own name when their connector is gone", () => {
    expect(namesOfKinds(["fax"], connectors, "en")).toEqual([{ kind: "fax", name: "fax" }]);
  });
});
