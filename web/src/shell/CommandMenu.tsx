/** Ctrl/Cmd+K: go anywhere, do the usual, find a person or a message. */
import "@mantine/spotlight/styles.css";
import { Loader } from "@mantine/core";
import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import {
  IconAddressBook,
  IconInbox,
  IconKeyboard,
  IconMessage,
  IconPlug,
  IconSearch,
  IconSettings,
  IconUser,
} from "@tabler/icons-react";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useMay } from "../api/hooks";
import { useTranslation } from "../i18n";
import { Face } from "../ui/Face";
import type { Overlay } from "./Shell";
import { spotlight } from "./spotlight";

const SHORTEST = 2;

function useFound(text: string) {
  const on = text.trim().length >= SHORTEST;
  const mayContacts = useMay("contacts_read");
  const contacts = useQuery({
    queryKey: ["contacts", "find", text],
    queryFn: ({ signal }) => body(client.GET("/contacts", { params: { query: { search: text, limit: 5 } }, signal })),
    enabled: on && mayContacts,
  });
  const messages = useQuery({
    queryKey: ["search", text],
    queryFn: ({ signal }) => body(client.GET("/search", { params: { query: { q: text, limit: 8 } }, signal })),
    enabled: on,
  });
  return {
    contacts: on ? (contacts.data?.items ?? []) : [],
    messages: on ? (messages.data?.items ?? []) : [],
    busy: on && (contacts.isFetching || messages.isFetching),
  };
}

export default function CommandMenu({ close, open }: { close: () => void; open: (overlay: Overlay) => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const channels = useChannels();
  const [query, setQuery] = useState("");
  const [settled] = useDebouncedValue(query, 180);
  const found = useFound(settled);
  useEffect(() => spotlight.open(), []);

  const icon = { size: 18, stroke: 1.6 };
  const matching = (words: string) => words.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase());
  const places = [
    {
      id: "inbox",
      label: t("shell.inbox"),
      leftSection: <IconInbox {...icon} />,
      onClick: () => void navigate({ to: "/inbox" }),
    },
    {
      id: "mine",
      label: t("views.mine"),
      leftSection: <IconInbox {...icon} />,
      onClick: () => void navigate({ to: "/inbox", search: { view: "mine" } }),
    },
    {
      id: "unassigned",
      label: t("views.unassigned"),
      leftSection: <IconInbox {...icon} />,
      onClick: () => void navigate({ to: "/inbox", search: { view: "unassigned" } }),
    },
    {
      id: "contacts",
      label: t("shell.contacts"),
      leftSection: <IconAddressBook {...icon} />,
      onClick: () => void navigate({ to: "/contacts" }),
    },
    {
      id: "settings",
      label: t("shell.settings"),
      leftSection: <IconSettings {...icon} />,
      onClick: () => void navigate({ to: "/settings" }),
    },
    { id: "profile", label: t("profile.title"), leftSection: <IconUser {...icon} />, onClick: () => open("profile") },
    {
      id: "shortcuts",
      label: t("shortcuts.title"),
      leftSection: <IconKeyboard {...icon} />,
      onClick: () => open("shortcuts"),
    },
    ...[...channels.values()].map((channel) => ({
      id: channel.id,
      label: channel.name,
      description: t("commands.channel"),
      leftSection: <IconPlug {...icon} />,
      onClick: () => void navigate({ to: "/inbox", search: { channel: [channel.id] } }),
    })),
  ].filter((action) => matching(action.label));

  const groups: SpotlightActionGroupData[] = [
    { group: t("commands.go"), actions: places },
    {
      group: t("shell.contacts"),
      actions: found.contacts.map((contact) => ({
        id: contact.id,
        label: contact.name,
        description: contact.addresses.join(", "),
        leftSection: <Face name={contact.name} seed={contact.id} portrait={contact.portrait_id} size={26} />,
        onClick: () => void navigate({ to: "/contacts/$contactId", params: { contactId: contact.id } }),
      })),
    },
    {
      group: t("commands.messages"),
      actions: found.messages.map((hit) => ({
        id: hit.interaction.id,
        label: hit.contact_name,
        description: hit.interaction.text.slice(0, 120),
        leftSection: <IconMessage {...icon} />,
        onClick: () =>
          void navigate({ to: "/inbox/$conversationId", params: { conversationId: hit.interaction.conversation_id } }),
      })),
    },
  ].filter((group) => group.actions.length > 0);

  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      filter={(_query, actions) => actions}
      onSpotlightClose={close}
      shortcut={null}
      lockScroll={false}
      nothingFound={found.busy ? <Loader /> : t("commands.nothing")}
      highlightQuery
      scrollable
      attributes={{ content: { "aria-label": t("shell.commands") } }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.5 }}
      maxHeight={420}
      transitionProps={{ duration: 80 }}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: t("commands.placeholder"),
        "aria-label": t("commands.placeholder"),
      }}
    />
  );
}
