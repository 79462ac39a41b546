/** A list of records in a form: added, opened, removed and put in order, by pointer and by keys. */
import { Button, Input, Stack } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconChevronRight, IconPlus, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "../../i18n";
import { IconButton } from "../../ui/IconButton";
import classes from "./form.module.css";
import { fitted, moved, noRows, without } from "./rows";
import { defaultsOf, type JsonSchema } from "./schema";
import { asRecord, RecordFields, type SchemaFieldProps } from "./SchemaField";
import { errorFor, errorIn } from "./SchemaForm";

/** So many fields are shown without opening. */
const FEW = 2;

interface RecordListProps extends SchemaFieldProps {
  label: string;
  description: ReactNode;
  error: string | undefined;
  items: JsonSchema;
  most: number | undefined;
}

/** What somebody would call a record: its label, title, name or key, if it has one. */
function nameOf(record: unknown): string {
  const values = asRecord(record);
  const named = ["label", "title", "name", "key"].map((key) => values[key]);
  return named.find((value): value is string => typeof value === "string" && value.trim() !== "") ?? "";
}

export function RecordList(props: RecordListProps) {
  const { label, description, error, items, most, root, path, value, errors, onChange } = props;
  const { t } = useTranslation();
  const records: readonly unknown[] = Array.isArray(value) ? value : [];
  const [known, setKnown] = useState(noRows);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const rows = fitted(known, records.length);
  const list = useRef<HTMLDivElement>(null);
  const wanted = useRef("");
  // A row that moved, or came, takes the focus along: browsers lose it when an element changes its place.
  useEffect(() => {
    if (wanted.current === "") return;
    const target = list.current?.querySelector<HTMLElement>(wanted.current);
    wanted.current = "";
    (target?.matches("[disabled]") === true
      ? target.parentElement?.querySelector<HTMLElement>("button:not([disabled])")
      : target
    )?.focus();
  });
  const title = (index: number) => {
    const name = nameOf(records[index]);
    return `${items.title ?? label} ${index + 1}${name === "" ? "" : `: ${name}`}`;
  };
  const move = (index: number, by: -1 | 1) => {
    setKnown({ ...rows, ids: moved(rows.ids, index, by) });
    wanted.current = `[data-row="${rows.ids[index]}"] [data-move="${by}"]`;
    onChange(moved(records, index, by));
  };
  const remove = (index: number) => {
    setKnown({ ...rows, ids: without(rows.ids, index) });
    wanted.current = "[data-add]";
    onChange(without(records, index));
  };
  const add = () => {
    wanted.current = `[data-row="${rows.next}"] :is(input, textarea)`;
    setKnown({ ids: [...rows.ids, rows.next], next: rows.next + 1 });
    setOpened(new Set([...opened, rows.next]));
    onChange([...records, defaultsOf(items, root)]);
  };
  // What is small is read at a glance; of the rest one sees the list, and opens what is to be changed.
  const folds = Object.keys(items.properties ?? {}).length > FEW;
  const turn = (id: number) => {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
    setOpened(next);
  };
  const full = most !== undefined && records.length >= most;
  return (
    <Input.Wrapper label={label} labelElement="div" description={description} error={error}>
      <Stack gap="sm" my={6} ref={list} role="group" aria-label={label}>
        {records.map((record, index) => {
          const id = rows.ids[index] ?? index;
          const place = `${path}.${index}`;
          const open = !folds || opened.has(id) || errorIn(errors, place) !== undefined;
          const wrong = errorFor(errors, place);
          return (
            <div key={id} data-row={id} className={classes.row} role="group" aria-label={title(index)}>
              <div className={classes.rowHead}>
                {folds ? (
                  <button type="button" className={classes.rowName} aria-expanded={open} onClick={() => turn(id)}>
                    <IconChevronRight size={15} className={classes.turn} />
                    <strong>{title(index)}</strong>
                  </button>
                ) : (
                  <strong>{title(index)}</strong>
                )}
                <IconButton label={t("form.up")} data-move={-1} disabled={index === 0} onClick={() => move(index, -1)}>
                  <IconArrowUp size={16} stroke={1.6} />
                </IconButton>
                <IconButton
                  label={t("form.down")}
                  data-move={1}
                  disabled={index === records.length - 1}
                  onClick={() => move(index, 1)}
                >
                  <IconArrowDown size={16} stroke={1.6} />
                </IconButton>
                <IconButton label={t("form.removeOne", { name: title(index) })} onClick={() => remove(index)}>
                  <IconTrash size={16} stroke={1.6} />
                </IconButton>
              </div>
              {wrong !== undefined && <Input.Error mb={6}>{wrong}</Input.Error>}
              {open && (
                <RecordFields
                  path={place}
                  schema={items}
                  root={root}
                  value={record}
                  errors={errors}
                  onChange={(next) => onChange(records.map((item, at) => (at === index ? next : item)))}
                />
              )}
            </div>
          );
        })}
        <div>
          <Button data-add variant="default" disabled={full} leftSection={<IconPlus size={15} />} onClick={add}>
            {t("form.add")}
          </Button>
          {full && <Input.Description mt={4}>{t("form.most", { count: most })}</Input.Description>}
        </div>
      </Stack>
    </Input.Wrapper>
  );
}
