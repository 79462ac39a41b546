/** One field of a schema form, by its kind. */
import {
  ColorInput,
  Fieldset,
  JsonInput,
  MultiSelect,
  NumberInput,
  Input,
  Select,
  Stack,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { ReactNode } from "react";
import type { FieldError } from "../../api/problem";
import { useTranslation } from "../../i18n";
import classes from "./form.module.css";
import { Help } from "./Help";
import { RecordList } from "./RecordList";
import {
  applies,
  defaultsOf,
  itemsOf,
  type JsonSchema,
  kindOf,
  unitOf,
  variantsOf,
  type Values,
  withoutNull,
} from "./schema";
import { errorFor, errorIn } from "./SchemaForm";
import { Secret } from "./Secret";

export interface SchemaFieldProps {
  name: string;
  path: string;
  schema: JsonSchema;
  root: JsonSchema;
  required: boolean;
  value: unknown;
  secretSet?: boolean;
  errors: readonly FieldError[];
  onChange: (value: unknown) => void;
}

export const asRecord = (value: unknown): Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};
const asTexts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const asText = (value: unknown): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "" : String(value);

function example(schema: JsonSchema): string {
  const first = schema.examples?.[0];
  if (first === undefined) return "";
  return Array.isArray(first) ? first.join(", ") : String(first);
}

export function SchemaField(props: SchemaFieldProps) {
  const { t, i18n } = useTranslation();
  const { name, path, root, value, required, errors, onChange, secretSet = false } = props;
  const { schema, nullable } = withoutNull(props.schema, root);
  const kind = kindOf(props.schema, root);
  const common = {
    label: schema.title ?? name,
    description: schema.description === undefined ? undefined : <Help text={schema.description.replaceAll("`", "")} />,
    required,
    // Of a list of words each has no place of its own where its error could stand.
    error: kind === "texts" || kind === "choices" ? errorIn(errors, path) : errorFor(errors, path),
  };
  const placeholder = example(schema);
  switch (kind) {
    case "secret":
      return (
        <Secret
          {...common}
          required={required && !secretSet}
          stored={secretSet}
          removable={nullable}
          placeholder={placeholder}
          value={value}
          onChange={onChange}
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          data={(schema.enum ?? []).map((option) => ({ value: String(option), label: optionName(String(option)) }))}
          value={value === null || value === undefined ? null : String(value)}
          allowDeselect={nullable}
          clearable={nullable}
          onChange={(next) => onChange(schema.enum?.find((option) => String(option) === next) ?? null)}
        />
      );
    case "choices":
      return (
        <MultiSelect
          {...common}
          data={(itemsOf(schema, root).enum ?? []).map((option) => ({
            value: String(option),
            label: optionName(String(option)),
          }))}
          value={asTexts(value)}
          onChange={(next) =>
            onChange(itemsOf(schema, root).enum?.filter((option) => next.includes(String(option))) ?? next)
          }
        />
      );
    case "number": {
      const unit = unitOf(name, schema, i18n.language);
      return (
        <NumberInput
          {...common}
          {...(unit === ""
            ? {}
            : { rightSection: <span className={classes.unit}>{unit}</span>, rightSectionWidth: "auto" })}
          allowDecimal={schema.type === "number"}
          {...(schema.minimum === undefined ? {} : { min: schema.minimum })}
          {...(schema.maximum === undefined ? {} : { max: schema.maximum })}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => onChange(next === "" ? null : Number(next))}
          thousandSeparator={false}
        />
      );
    }
    case "switch":
      return (
        <Switch
          label={common.label}
          description={common.description}
          error={common.error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "yesNoDefault":
      return (
        <Select
          {...common}
          data={[
            { value: "auto", label: t("form.auto") },
            { value: "yes", label: t("form.yes") },
            { value: "no", label: t("form.no") },
          ]}
          value={value === null || value === undefined ? "auto" : value === true ? "yes" : "no"}
          onChange={(next) => onChange(next === "auto" ? null : next === "yes")}
        />
      );
    case "color":
      return <ColorInput {...common} value={asText(value)} onChange={onChange} format="hex" withEyeDropper={false} />;
    case "texts":
      return (
        <TagsInput
          {...common}
          placeholder={asTexts(value).length === 0 ? placeholder : ""}
          value={asTexts(value)}
          onChange={onChange}
          splitChars={schema.sentences === true ? ["\n"] : [",", " ", "\n"]}
          acceptValueOnBlur
        />
      );
    case "record":
      return (
        <Fieldset legend={common.label}>
          <RecordFields {...props} schema={schema} />
        </Fieldset>
      );
    case "records":
      return (
        <RecordList
          {...props}
          label={common.label}
          description={common.description}
          error={common.error}
          items={itemsOf(schema, root)}
          most={schema.maxItems}
        />
      );
    case "tuple":
      return <Tuple {...props} schema={schema} label={common.label} description={common.description} />;
    case "variants":
      return <Variants {...props} schema={schema} />;
    case "longText":
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={12}
          placeholder={placeholder}
          value={asText(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "json":
      return (
        <JsonInput
          {...common}
          autosize
          formatOnBlur
          validationError={t("form.notJson")}
          defaultValue={value === "" || value === undefined ? "" : JSON.stringify(value, null, 2)}
          onChange={(text) => onChange(parsed(text))}
        />
      );
    case "text":
      return (
        <TextInput
          {...common}
          type={schema.format === "email" ? "email" : schema.format === "uri" ? "url" : "text"}
          placeholder={placeholder}
          {...(schema.maxLength === undefined ? {} : { maxLength: schema.maxLength })}
          autoComplete="off"
          value={asText(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

/** `starttls` stays a word of its trade, `my_choice` becomes "my choice". */
function optionName(value: string): string {
  return value.replaceAll("_", " ");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The fields of an object inside the form. */
export function RecordFields({
  schema,
  root,
  value,
  path,
  errors,
  onChange,
  skip = "",
}: Omit<SchemaFieldProps, "name" | "required"> & { skip?: string }) {
  const values = asRecord(value);
  return (
    <Stack gap="sm">
      {Object.entries(schema.properties ?? {})
        .filter(([key, field]) => key !== skip && applies(field, values))
        .map(([key, field]) => (
          <SchemaField
            key={key}
            name={key}
            path={`${path}.${key}`}
            schema={field}
            root={root}
            required={schema.required?.includes(key) ?? false}
            value={values[key]}
            secretSet={values[`${key}_set`] === true}
            errors={errors}
            onChange={(next) => onChange({ ...values, [key]: next })}
          />
        ))}
    </Stack>
  );
}

/** A fixed row of values: from and to, key and value. */
function Tuple({
  schema,
  root,
  path,
  value,
  errors,
  onChange,
  label,
  description,
}: SchemaFieldProps & { label: string; description: ReactNode }) {
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  const items = schema.prefixItems ?? [];
  return (
    <Input.Wrapper label={label} labelElement="div" description={description} error={errorFor(errors, path)}>
      <div className={classes.tuple} role="group" aria-label={label}>
        {items.map((item, index) => (
          <SchemaField
            // oxlint-disable-next-line react/no-array-index-key -- the places of a tuple are its names
            key={index}
            name={`${index + 1}`}
            path={`${path}.${index}`}
            schema={item}
            root={root}
            required={false}
            value={values[index]}
            errors={errors}
            onChange={(next) => onChange(items.map((_item, at) => (at === index ? next : (values[at] ?? null))))}
          />
        ))}
      </div>
    </Input.Wrapper>
  );
}

function Variants(props: SchemaFieldProps) {
  const { schema, root, value, name, onChange } = props;
  const mark = schema.discriminator?.propertyName ?? "";
  const variants = variantsOf(schema, root);
  const chosen = variants.find((variant) => variant.value === asRecord(value)[mark]) ?? variants[0];
  return (
    <Fieldset legend={schema.title ?? name}>
      <Stack gap="sm">
        <Select
          aria-label={schema.title ?? name}
          data={variants.map((variant) => ({ value: variant.value, label: variant.schema.title ?? variant.value }))}
          value={chosen?.value ?? null}
          onChange={(next) => {
            const variant = variants.find((item) => item.value === next);
            if (variant !== undefined) onChange({ ...defaultsOf(variant.schema, root), [mark]: variant.value });
          }}
        />
        {chosen !== undefined && <RecordFields {...props} schema={chosen.schema} skip={mark} />}
      </Stack>
    </Fieldset>
  );
}
