import { describe, expect, it } from "vitest";
import type { Connector } from "../api/types";
import { capabilities } from "../test/builders";
import { catalogue } from "./catalogue";

const connector = (title: string, more: Partial<Connector> = {}): Connector => ({
  key: title.toLowerCase(),
  title,
  kind: title.toLowerCase(),
  icon: "",
  capabilities: capabilities(),
  abilities: [],
  readme: `# ${title}`,
  settings_schema: {},
  ...more,
});
const files = { types: ["*/*"], max_bytes: 1, max_count: 1, sizes: {} };
const chat = (more = {}) => ({ capabilities: capabilities({ media: files, ...more }) });
const all = [
  connector("Zeta", chat({ groups: true })),
  connector("Beta", chat()),
  connector("Form"),
  connector("Alpha", { ...chat(), readme: "# Alpha\n\nTalks to phones, a platform." }),
  connector("Texts", { capabilities: capabilities({ segments: true }) }),
  connector("Post", chat({ subject: true })),
  connector("Own system", chat({ subject: true, reactions: true })),
  connector("Site chat", { abilities: ["HostsVisitors"] }),
];
const shown = (search: string) =>
  catalogue(all, search).map(({ group, items }) => `${group}: ${items.map((item) => item.title).join(", ")}`);

describe("the kinds of channels", () => {
  it("stand in groups by what they can do", () => {
    expect(shown("")).toEqual([
      "mail: Post",
      "site: Form, Site chat",
      "numbers: Texts",
      "messengers: Alpha, Beta, Zeta",
      "own: Own system",
    ]);
  });

  it("are found by name and by what their guide says", () => {
    expect(shown("zet")).toEqual(["messengers: Zeta"]);
    expect(shown("PHONES")).toEqual(["messengers: Alpha"]);
    expect(shown("form")).toEqual(["site: Form"]);
    expect(shown("nothing like it")).toEqual([]);
  });
});
