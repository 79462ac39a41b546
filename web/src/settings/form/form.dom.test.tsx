import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeAll, describe, expect, it } from "vitest";
import { startI18n } from "../../i18n";
import type { FieldError } from "../../api/problem";
import { beginning } from "./Help";
import { fitted, moved, noRows, without } from "./rows";
import { fieldGroups, type JsonSchema, kindOf, placeOf, startValues, toSend, unitOf, type Values } from "./schema";
import { SchemaForm } from "./SchemaForm";

/** As pydantic writes a connector's settings. */
const MAILBOX: JsonSchema = {
  type: "object",
  required: ["address", "host"],
  $defs: {
    Security: { enum: ["tls", "none"], title: "Security", type: "string", description: "How it is protected." },
    Question: {
      type: "object",
      title: "Question",
      required: ["key"],
      properties: {
        key: { type: "string", title: "Key" },
        needed: { type: "boolean", title: "Needed", default: false },
      },
    },
  },
  properties: {
    address: { type: "string", title: "Address" },
    host: { type: "string", title: "Host" },
    port: { type: "integer", title: "Port", default: 993, minimum: 1, maximum: 65535 },
    security: { $ref: "#/$defs/Security", default: "tls", title: "Protected by" },
    password: { type: "string", format: "password", writeOnly: true, title: "Password", default: "" },
    old_password: {
      anyOf: [{ type: "string", format: "password", writeOnly: true }, { type: "null" }],
      default: null,
      title: "Old password",
    },
    aliases: { type: "array", items: { type: "string" }, title: "Aliases" },
    questions: { type: "array", items: { $ref: "#/$defs/Question" }, title: "Questions", default: [] },
    hours: {
      type: "array",
      title: "Hours",
      prefixItems: [
        { type: "integer", title: "From" },
        { enum: ["am", "pm"], type: "string", title: "Half" },
      ],
    },
    save: { anyOf: [{ type: "boolean" }, { type: "null" }], default: null, title: "Save" },
    marks: { type: "boolean", default: false, title: "Marks" },
    certificate: { type: "string", maxLength: 100000, default: "", title: "Certificate" },
  },
};

describe("what a schema asks for", () => {
  it.each([
    ["address", "text"],
    ["port", "number"],
    ["security", "choice"],
    ["password", "secret"],
    ["old_password", "secret"],
    ["aliases", "texts"],
    ["questions", "records"],
    ["hours", "tuple"],
    ["save", "yesNoDefault"],
    ["marks", "switch"],
    ["certificate", "longText"],
  ])("%s is drawn as %s", (name, kind) => {
    expect(kindOf(MAILBOX.properties?.[name] ?? {}, MAILBOX)).toBe(kind);
  });

  it("begins with the defaults", () => {
    expect(startValues(MAILBOX, null)).toMatchObject({
      address: "",
      port: 993,
      security: "tls",
      aliases: [],
      save: null,
      marks: false,
    });
  });

  it("shows what is stored, but never a secret", () => {
    const values = startValues(MAILBOX, { address: "a@x.example", password: null, password_set: true });
    expect(values).toMatchObject({ address: "a@x.example", password: "" });
    expect(values).not.toHaveProperty("password_set");
  });

  it("sends no secret that nobody typed", () => {
    const values = { ...startValues(MAILBOX, null), address: "a@x.example" };
    expect(toSend(MAILBOX, values)).not.toHaveProperty("password");
    expect(toSend(MAILBOX, { ...values, password: "new" })).toHaveProperty("password", "new");
  });

  it("removes an optional secret only when told to", () => {
    const values = startValues(MAILBOX, { old_password_set: true });
    expect(toSend(MAILBOX, values)).not.toHaveProperty("old_password");
    expect(toSend(MAILBOX, { ...values, old_password: null })).toHaveProperty("old_password", null);
  });

  it("knows in what a number counts", () => {
    expect(unitOf("idle_minutes", {}, "en")).toBe("min");
    expect(unitOf("idle_minutes", {}, "ko")).toBe("분");
    expect(unitOf("timeout", { unit: "s" }, "en")).toBe("s");
    expect(unitOf("port", {}, "en")).toBe("");
  });

  it("folds a long help after a sentence", () => {
    expect(beginning("Short.")).toBe("Short.");
    expect(beginning(`${"One sentence of some length that says a thing. ".repeat(8)}`)).toMatch(/thing\.$/);
  });

  it("puts first what a newcomer must fill in", () => {
    expect(fieldGroups(MAILBOX, startValues(MAILBOX, null)).first).toEqual(["address", "host", "security", "password"]);
  });

  it("does not hide what was changed", () => {
    expect(fieldGroups(MAILBOX, { ...startValues(MAILBOX, null), port: 143 }).first).toContain("port");
  });

  it("puts first what a connector asks to be first", () => {
    const port = { ...MAILBOX.properties?.port, first: true };
    const schema = { ...MAILBOX, properties: { ...MAILBOX.properties, port } };
    expect(fieldGroups(schema, startValues(schema, null)).first).toContain("port");
  });

  it("keeps back what hardly anybody changes", () => {
    const password = { ...MAILBOX.properties?.password, first: false };
    const schema = { ...MAILBOX, properties: { ...MAILBOX.properties, password } };
    expect(fieldGroups(schema, startValues(schema, null)).more).toContain("password");
  });

  it("says where a setting is as a person finds it", () => {
    expect(placeOf("host", MAILBOX)).toBe("Host");
    expect(placeOf("questions.1.key", MAILBOX)).toBe("Question 2 › Key");
    expect(placeOf("aliases.0", MAILBOX)).toBe("Aliases");
    expect(placeOf("hours.1", MAILBOX)).toBe("Hours › Half");
    expect(placeOf("unheard", MAILBOX)).toBe("unheard");
    expect(placeOf("", MAILBOX)).toBe("");
  });

  it("shows everything when nothing is required", () => {
    expect(fieldGroups({ ...MAILBOX, required: [] }, {}).more).toEqual([]);
  });
});

/** Only its list of questions. */
const LIST: JsonSchema = { ...MAILBOX, required: [], properties: { questions: MAILBOX.properties?.questions ?? {} } };

/** Questions of which one sees the names, and opens what is to be changed. */
const FOLDED: JsonSchema = {
  type: "object",
  properties: {
    questions: {
      type: "array",
      title: "Questions",
      default: [{ key: "topic", kind: "select" }],
      items: {
        type: "object",
        title: "Question",
        properties: {
          key: { type: "string", title: "Key" },
          kind: { enum: ["text", "select"], type: "string", title: "Kind", default: "text" },
          choices: { type: "array", items: { type: "string" }, title: "Choices", when: { kind: ["select"] } },
        },
      },
    },
  },
};

interface FormProps {
  onChange: (values: Values) => void;
  stored?: Values | null;
  schema?: JsonSchema;
  errors?: readonly FieldError[];
}
const PORT: readonly FieldError[] = [{ field: "body.settings.port", message: "993 or 143" }];

function Form({ onChange, stored = null, schema = MAILBOX, errors = PORT }: FormProps) {
  const [values, setValues] = useState<Values>(() => startValues(schema, stored));
  return (
    <MantineProvider>
      <SchemaForm
        schema={schema}
        values={values}
        stored={stored}
        errors={errors}
        onChange={(next) => {
          setValues(next);
          onChange(next);
        }}
      />
    </MantineProvider>
  );
}

describe("the form", () => {
  beforeAll(() => startI18n("en"));

  it("takes what is typed, by field", async () => {
    const seen: Values[] = [];
    render(<Form onChange={(values) => seen.push(values)} />);
    await userEvent.type(screen.getByLabelText(/^Address/), "a@x.example");
    expect(seen.at(-1)).toMatchObject({ address: "a@x.example", port: 993 });
  });

  it("opens the rest when an error lies in it, and shows the error", () => {
    render(<Form onChange={() => undefined} />);
    expect(screen.getByText("993 or 143")).toBeTruthy();
  });

  it("says that a stored secret is kept", () => {
    render(<Form onChange={() => undefined} stored={{ password_set: true }} />);
    expect(screen.getByPlaceholderText(/Kept/)).toBeTruthy();
  });

  it("adds, orders and removes records, the focus with them", async () => {
    const seen: Values[] = [];
    render(<Form schema={LIST} onChange={(values) => seen.push(values)} />);
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    expect(seen.at(-1)).toMatchObject({ questions: [{ key: "", needed: false }] });
    await userEvent.keyboard("a");
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    await userEvent.keyboard("b");
    expect(seen.at(-1)).toMatchObject({ questions: [{ key: "a" }, { key: "b" }] });
    await userEvent.click(screen.getAllByRole("button", { name: "Move up" })[1] as HTMLElement);
    expect(seen.at(-1)).toMatchObject({ questions: [{ key: "b" }, { key: "a" }] });
    await userEvent.click(screen.getByRole("button", { name: "Remove Question 1: b" }));
    expect(seen.at(-1)).toMatchObject({ questions: [{ key: "a" }] });
  });

  it("opens a record of many fields when asked to, or when it was just added", async () => {
    const seen: Values[] = [];
    render(<Form schema={FOLDED} onChange={(values) => seen.push(values)} />);
    expect(screen.queryByLabelText("Key")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Question 1: topic" }));
    expect(screen.getByLabelText("Key")).toHaveProperty("value", "topic");
    expect(screen.getByLabelText("Choices", { selector: "input" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Question 1: topic" }));
    expect(screen.queryByLabelText("Key")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    await userEvent.keyboard("new");
    expect(seen.at(-1)).toMatchObject({ questions: [{ key: "topic" }, { key: "new", kind: "text" }] });
    expect(screen.queryByLabelText("Choices", { selector: "input" })).toBeNull();
  });

  it.each(["settings.questions.0", "settings.questions.0.choices.2"])(
    "opens the record of a mistake in %s",
    (field) => {
      render(<Form schema={FOLDED} errors={[{ field, message: "Not so." }]} onChange={() => undefined} />);
      expect(screen.getByText("Not so.")).toBeTruthy();
      expect(screen.getByLabelText("Key")).toBeTruthy();
    },
  );

  it("fills in the places of a tuple", async () => {
    const seen: Values[] = [];
    render(<Form onChange={(values) => seen.push(values)} />);
    await userEvent.type(screen.getByLabelText("From"), "8");
    expect(seen.at(-1)).toMatchObject({ hours: [8, "am"] });
  });
});

describe("rows", () => {
  it("keep who they are while they move", () => {
    const three = fitted(noRows, 3);
    expect(three.ids).toEqual([0, 1, 2]);
    expect(moved(three.ids, 2, -1)).toEqual([0, 2, 1]);
    expect(moved(three.ids, 0, -1)).toEqual([0, 1, 2]);
    expect(without(three.ids, 1)).toEqual([0, 2]);
    expect(fitted({ ...three, ids: [0, 2] }, 3).ids).toEqual([0, 2, 3]);
  });
});
