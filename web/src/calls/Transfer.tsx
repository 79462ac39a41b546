/** Hands a call on: to a colleague or a number, at once or after asking them. */
import { Button, Menu, TextInput } from "@mantine/core";
import { IconTransfer } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { usePeople, useSession } from "../api/hooks";
import { inTime } from "../api/moments";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import classes from "./dock.module.css";
import { type Call, type Control, presenceQuery } from "./queries";

interface TransferProps {
  call: Call;
  act: (command: Control) => void;
  consult: boolean;
}

export function Transfer({ call, act, consult }: TransferProps) {
  const { t } = useTranslation();
  const { user } = useSession();
  const queries = useQueryClient();
  const stands = new Map((useQuery(presenceQuery).data ?? []).map((one) => [one.user_id, one.state]));
  const free = (id: string) => stands.get(id) === "available";
  const others = [...usePeople().values()]
    .filter((one) => one.id !== user.id && one.active)
    .toSorted((a, b) => Number(free(b.id)) - Number(free(a.id)) || a.name.localeCompare(b.name));
  const [number, setNumber] = useState("");
  // Whoever is called while the customer is on hold is asked for help: so every tab, and a page loaded anew, knows it.
  const answered = call.answered_at;
  const consulting =
    call.state === "held" &&
    call.legs.some(
      ({ party, user_id, ended_at, began_at }) =>
        (party === "agent" || party === "outside") &&
        user_id !== user.id &&
        ended_at === null &&
        answered !== null &&
        inTime(began_at, answered) >= 0,
    );
  if (consulting)
    return (
      <>
        <Button size="xs" onClick={() => act({ do: "end_consult", complete: true })}>
          {t("calls.connect")}
        </Button>
        <Button size="xs" variant="default" onClick={() => act({ do: "end_consult", complete: false })}>
          {t("calls.back")}
        </Button>
      </>
    );
  const ask = (whom: Partial<Control>) => act({ do: "consult", ...whom });
  const toNumber = { to: { kind: "number" as const, address: number.trim() } };
  return (
    // Who talks just now is known when somebody asks for it.
    <Menu position="top-end" onOpen={() => void queries.invalidateQueries(presenceQuery)}>
      <Menu.Target>
        <IconButton label={t("calls.transfer")}>
          <IconTransfer size={18} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.transfer}>
        {others.map((one) => (
          <Menu.Item
            key={one.id}
            onClick={() => act({ do: "transfer", agent_id: one.id })}
            rightSection={<small>{t(`calls.presence.${stands.get(one.id) ?? "away"}`)}</small>}
          >
            {t("calls.transferTo", { name: one.name })}
          </Menu.Item>
        ))}
        {consult && others.length > 0 && <Menu.Divider />}
        {consult &&
          others.map((one) => (
            <Menu.Item key={one.id} onClick={() => ask({ agent_id: one.id })}>
              {t("calls.askFirst", { name: one.name })}
            </Menu.Item>
          ))}
        {others.length > 0 && <Menu.Divider />}
        <form
          className={classes.number}
          onSubmit={(event) => {
            event.preventDefault();
            act({ do: "transfer", ...toNumber });
          }}
        >
          <TextInput
            label={t("calls.toNumber")}
            type="tel"
            required
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            onKeyDown={(event) => event.stopPropagation()}
          />
          <Button type="submit" size="xs">
            {t("calls.transfer")}
          </Button>
          {consult && (
            <Button size="xs" variant="default" disabled={number.trim() === ""} onClick={() => ask(toNumber)}>
              {t("calls.askThem")}
            </Button>
          )}
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
