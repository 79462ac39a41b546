/** The calls that go on now, for managers: who talks with whom, since when, and the ways to take part. */
import { Button } from "@mantine/core";
import { IconHeadphones, IconPhoneIncoming, IconPhoneOutgoing } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useChannels, usePeople, useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { useLiveState } from "../shell/live";
import { useLive } from "../ui/clock";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import classes from "./calls.module.css";
import { clock } from "./clock";
import { listensIn, MODES, takePart } from "./listening";
import { type Call, liveCallsQuery } from "./queries";

export function LiveCalls() {
  const { t } = useTranslation();
  const live = useQuery(liveCallsQuery);
  if (live.isPending) return <RowSkeletons />;
  if (live.isError) return <Broken error={live.error} retry={() => void live.refetch()} />;
  if (live.data.items.length === 0)
    return (
      <div className={classes.nothing}>
        <Empty
          icon={<IconHeadphones size={28} stroke={1.5} />}
          title={t("calls.live.none")}
          text={t("calls.live.text")}
        />
      </div>
    );
  return (
    <ul className={classes.list} aria-label={t("calls.pages.live")}>
      {live.data.items.map((call) => (
        <Row key={call.id} call={call} />
      ))}
    </ul>
  );
}

function Row({ call }: { call: Call }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const people = usePeople();
  const controls = useChannels().get(call.channel_id)?.capabilities.calls?.controls ?? [];
  const Direction = call.direction === "inbound" ? IconPhoneIncoming : IconPhoneOutgoing;
  const since = Date.parse(call.answered_at ?? call.began_at);
  const length = useLive((now) => clock(now - since));
  const begin = useMutation({
    mutationFn: (mode: (typeof MODES)[number]) => takePart(call, mode),
    onError: (error) => toast.failure(t("calls.notChanged"), inWords(error)),
  });
  const name = call.withheld ? t("calls.withheld") : call.contact_name;
  const there = useLiveState(({ calls }) => calls.some((one) => one.id === call.id && listensIn(one, user.id)));
  const talks = call.answered_at !== null && !call.agents.includes(user.id) && !there;
  const direction = t(`calls.directions.${call.direction === "inbound" ? "inbound" : "outbound"}`);
  return (
    <li className={classes.live}>
      <span className={classes.icon} role="img" aria-label={direction} title={direction}>
        <Direction size={18} stroke={1.6} aria-hidden />
      </span>
      <span className={classes.who}>
        <Link className={classes.name} to="/inbox/$conversationId" params={{ conversationId: call.conversation_id }}>
          {name}
        </Link>
        <small>{call.agents.map((id) => people.get(id)?.name ?? "").join(", ")}</small>
      </span>
      <span>
        {t(`calls.states.${call.state}`)} <time className={classes.length}>{length}</time>
      </span>
      <span className={classes.ways}>
        {talks &&
          MODES.filter((mode) => controls.includes(mode)).map((mode) => (
            <Button
              key={mode}
              size="xs"
              variant="default"
              title={t(`calls.live.hints.${mode}`)}
              loading={begin.isPending && begin.variables === mode}
              onClick={() => begin.mutate(mode)}
            >
              {t(`calls.live.${mode}`)}
            </Button>
          ))}
      </span>
    </li>
  );
}
