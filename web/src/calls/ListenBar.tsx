/** The call a manager takes part in, docked: listen, whisper or talk along, and leave. */
import { SegmentedControl } from "@mantine/core";
import { IconHeadphones, IconPhoneOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useChannels, usePeople } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { toast } from "../ui/toast";
import classes from "./dock.module.css";
import { type Mode, MODES } from "./listening";
import { onPhone, usePhone } from "./phone";
import { type Call, control } from "./queries";

export function ListenBar({ call, joined }: { call: Call; joined: boolean }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const people = usePeople();
  const controls = useChannels().get(call.channel_id)?.capabilities.calls?.controls ?? [];
  const [mode, setMode] = useState<Mode | null>(null);
  const change = useMutation({
    mutationFn: (wanted: Mode) => control(call.id, { do: "supervise", mode: wanted }),
    onSuccess: (_, wanted) => setMode(wanted),
    onError: (error) => toast.failure(t("calls.notChanged"), inWords(error)),
  });
  const here = phone.state === "talking" && phone.channelId === call.channel_id;
  const name = call.withheld ? t("calls.withheld") : call.contact_name;
  const agents = call.agents.map((id) => people.get(id)?.name ?? "").join(", ");
  return (
    <section className={classes.bar} aria-label={t("calls.live.with", { name })}>
      <div className={classes.barHead}>
        <div className={classes.who}>
          <strong>
            <IconHeadphones size={16} aria-hidden /> {t("calls.live.between", { name, agents })}
          </strong>
          <small>{joined ? t(`calls.live.hints.${mode ?? "joined"}`) : t("calls.live.rings")}</small>
        </div>
        {here && (
          <IconButton
            label={t("calls.live.leave")}
            variant="filled"
            color="red"
            onClick={() => onPhone({ do: "hangUp" })}
          >
            <IconPhoneOff size={18} />
          </IconButton>
        )}
      </div>
      {joined && (
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t("calls.live.how")}
          value={mode ?? ""}
          onChange={(wanted) => change.mutate(wanted as Mode)}
          data={MODES.filter((one) => controls.includes(one)).map((one) => ({
            value: one as string,
            label: t(`calls.live.${one}`),
          }))}
        />
      )}
    </section>
  );
}
