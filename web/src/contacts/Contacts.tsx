/** The contacts: a list to search, and one contact with their whole life beside it. */
import { Button, Loader, Modal, Stack, TextInput } from "@mantine/core";
import { useDebouncedCallback, useMediaQuery } from "@mantine/hooks";
import { IconAddressBook, IconArrowLeft, IconPlus, IconSearch, IconUserSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { contactsQuery, keys } from "../api/queries";
import type { ContactRow } from "../api/types";
import { useTranslation } from "../i18n";
import { Face } from "../ui/Face";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, NotAllowed, RowSkeletons } from "../ui/States";
import { When } from "../ui/When";
import { ContactPage } from "./ContactPage";
import classes from "./contacts.module.css";

const ROW_HEIGHT = 60;
const AHEAD = 12;

export function Contacts() {
  const { t } = useTranslation();
  const { contactId } = useParams({ strict: false });
  const { search = "" } = useSearch({ from: "/inside/contacts" });
  const navigate = useNavigate();
  const phone = useMediaQuery("(max-width: 700px)", false, { getInitialValueInEffect: false });
  const mayRead = useMay("contacts_read");
  const mayWrite = useMay("contacts_write");
  const [text, setText] = useState(search);
  const [adding, setAdding] = useState(false);
  const find = useDebouncedCallback(
    (next: string) =>
      void navigate({ to: "/contacts", search: next.trim() === "" ? {} : { search: next.trim() }, replace: true }),
    200,
  );
  if (!mayRead) return <NotAllowed />;
  return (
    <div className={classes.contacts}>
      {(!phone || contactId === undefined) && (
        <section className={classes.listPane} aria-label={t("shell.contacts")}>
          <div className={classes.head}>
            <h1>{t("shell.contacts")}</h1>
            {mayWrite && (
              <IconButton label={t("contacts.add")} onClick={() => setAdding(true)}>
                <IconPlus size={18} stroke={1.6} />
              </IconButton>
            )}
          </div>
          <TextInput
            className={classes.search}
            type="search"
            leftSection={<IconSearch size={16} stroke={1.6} />}
            placeholder={t("contacts.search")}
            aria-label={t("contacts.search")}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              find(event.currentTarget.value);
            }}
          />
          <ContactList search={search} selected={contactId} />
        </section>
      )}
      {(!phone || contactId !== undefined) && (
        <section className={classes.page} aria-label={t("contact.title")}>
          {phone && (
            <IconButton
              label={t("common.back")}
              onClick={() => void navigate({ to: "/contacts", search: search === "" ? {} : { search } })}
              m={8}
            >
              <IconArrowLeft size={20} stroke={1.6} />
            </IconButton>
          )}
          {contactId === undefined ? (
            <Empty
              icon={<IconAddressBook size={30} stroke={1.4} />}
              title={t("contacts.none")}
              text={t("contacts.noneText")}
            />
          ) : (
            <ContactPage key={contactId} id={contactId} />
          )}
        </section>
      )}
      {adding && <AddContact close={() => setAdding(false)} />}
    </div>
  );
}

function ContactList({ search, selected }: { search: string; selected: string | undefined }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(contactsQuery(search));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);
  return (
    <div ref={scroller} className={classes.scroller}>
      {list.isPending && <RowSkeletons />}
      {list.isError && rows.length === 0 && <Broken error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && (
        <Empty
          icon={<IconUserSearch size={28} stroke={1.4} />}
          title={search === "" ? t("contacts.empty") : t("contacts.notFound", { search })}
          text={search === "" ? t("contacts.emptyText") : t("contacts.notFoundText")}
        />
      )}
      <ul className={classes.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return (
            row !== undefined && (
              <li key={row.id} style={{ transform: `translateY(${item.start}px)` }}>
                <Row row={row} selected={row.id === selected} search={search} />
              </li>
            )
          );
        })}
      </ul>
      {isFetchingNextPage && <Loader aria-label={t("common.loading")} />}
    </div>
  );
}

function Row({ row, selected, search }: { row: ContactRow; selected: boolean; search: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <button
      type="button"
      className={classes.row}
      data-selected={selected || undefined}
      aria-current={selected ? "true" : undefined}
      onClick={() =>
        void navigate({
          to: "/contacts/$contactId",
          params: { contactId: row.id },
          search: search === "" ? {} : { search },
        })
      }
    >
      <Face name={row.name} seed={row.id} portrait={row.portrait_id} size={34} />
      <span>
        <strong>{row.name || row.addresses[0]}</strong>
        <small>{[row.company, ...row.addresses].filter(Boolean).join(" · ")}</small>
      </span>
      {row.state === "provisional" ? (
        <small className={classes.tag}>{t("contacts.provisional")}</small>
      ) : (
        row.last_at !== null && <When at={row.last_at} className={classes.time ?? ""} />
      )}
    </button>
  );
}

function AddContact({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [id] = useState(() => newId());
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [phone, setPhone] = useState("");
  const create = useMutation({
    mutationFn: () => {
      const points = [
        { namespace: "email", address: email.trim() },
        { namespace: "phone", address: phone.trim() },
      ].filter((point) => point.address !== "");
      return body(client.POST("/contacts", { body: { id, name: name.trim(), points } }));
    },
    onSuccess: async (contact) => {
      await queries.invalidateQueries({ queryKey: keys.contacts });
      close();
      await navigate({ to: "/contacts/$contactId", params: { contactId: contact.id } });
    },
  });
  return (
    <Modal opened onClose={close} title={t("contacts.add")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t("contact.name")}
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t("contact.email")}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <TextInput
            label={t("contact.phone")}
            type="tel"
            placeholder="+48 22 123 45 67"
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
            error={create.isError && inWords(create.error)}
          />
          <Button type="submit" loading={create.isPending} style={{ alignSelf: "flex-end" }}>
            {t("common.save")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
