/** Whether one can be rung: available or away by choice, busy and wrap-up by themselves. */
import { Menu, UnstyledButton } from "@mantine/core";
import { IconPhone } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { useLiveState } from "../shell/live";
import { useLive } from "../ui/clock";
import { toast } from "../ui/toast";
import { isOn, rings } from "./ongoing";
import { Phones } from "./Phones";
import classes from "./presence.module.css";
import { presenceQuery } from "./queries";
import { standing } from "./standing";

export default function Presence({ className }: { className: string | undefined }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const queries = useQueryClient();
  const [phones, setPhones] = useState(false);
  const mine = useQuery(presenceQuery).data?.find((one) => one.user_id === user.id);
  // What rings and is talked on comes with every call; the hub tells presence only where it is kept.
  const busy = useLiveState(({ calls }) => calls.some((call) => isOn(call, user.id)));
  const rung = useLiveState(({ calls }) => calls.some((call) => rings(call, user.id)));
  const told = useLive((now) => (mine === undefined ? "away" : standing(mine, new Date(now).toISOString())));
  const kept = told === "busy" || told === "ringing" ? (mine?.chosen ?? "away") : told;
  const state = busy ? "busy" : rung ? "ringing" : kept;
  const choose = useMutation({
    mutationFn: (chosen: "available" | "away") => body(client.PUT("/presence", { body: { chosen, reason: "" } })),
    onSuccess: () => queries.invalidateQueries(presenceQuery),
    onError: (error) => toast.failure(t("calls.notChanged"), inWords(error)),
  });
  return (
    <>
      <Menu position="right-end">
        <Menu.Target>
          <UnstyledButton className={className} title={t(`calls.presence.${state}`)}>
            <span className={classes.phone} data-state={state}>
              <IconPhone size={20} stroke={1.6} aria-hidden />
            </span>
            <span className={classes.label}>{t(`calls.presence.${state}`)}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => choose.mutate("available")}>{t("calls.presence.available")}</Menu.Item>
          <Menu.Item onClick={() => choose.mutate("away")}>{t("calls.presence.away")}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => setPhones(true)}>{t("calls.phones.title")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {phones && <Phones close={() => setPhones(false)} />}
    </>
  );
}
