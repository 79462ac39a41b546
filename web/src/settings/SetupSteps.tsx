/** The live list of what has to be right between the hub and the provider; it looks again by itself while something is missing. */
import { Button } from "@mantine/core";
import { IconCircleCheckFilled, IconCircleDashed, IconHelpCircle, IconRefresh } from "@tabler/icons-react";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { body, client } from "../api/client";
import type { Channel, Setup, SetupStep } from "../api/types";
import { useTranslation } from "../i18n";
import { Broken } from "../ui/States";
import { When } from "../ui/When";
import { Prose } from "./Readme";
import classes from "./setup.module.css";
import { isPage } from "./VisitorPage";
import { WebhookAddress } from "./WebhookAddress";

const AGAIN_AFTER = 10_000;

const setupQuery = (channel: Channel) =>
  queryOptions({
    // What the supervisor saw meanwhile is looked at again at once: the list must not contradict the channel's state.
    queryKey: ["setup", channel.id, channel.revision, channel.connection.state] as const,
    queryFn: ({ signal }) =>
      body(client.GET("/channels/{channel_id}/setup", { params: { path: { channel_id: channel.id } }, signal })),
    staleTime: 0,
    placeholderData: (before) => before,
    refetchInterval: (query) => (query.state.data === undefined || missing(query.state.data) > 0 ? AGAIN_AFTER : false),
  });

/** What is not known depends on what is missing, or cannot be looked at: it does not count. */
const missing = (setup: Setup): number => setup.steps.filter((step) => step.done === false).length;
const mark = (step: SetupStep) => (step.done === null ? "unknown" : step.done ? "done" : "missing");
const MARKS = {
  done: <IconCircleCheckFilled size={19} aria-hidden />,
  missing: <IconCircleDashed size={19} aria-hidden />,
  unknown: <IconHelpCircle size={19} aria-hidden />,
};

export function SetupSteps({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const setup = useQuery({ ...setupQuery(channel), enabled: channel.enabled });
  return (
    <section className={classes.setup} aria-labelledby="setup-title">
      <header className={classes.head}>
        <h3 id="setup-title">{t("setup.title")}</h3>
        {channel.enabled && (
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconRefresh size={15} />}
            loading={setup.isFetching}
            onClick={() => void setup.refetch()}
          >
            {t("setup.again")}
          </Button>
        )}
      </header>
      <WebhookAddress channel={channel} />
      {!channel.enabled && <p className={classes.quiet}>{t("setup.off")}</p>}
      {channel.enabled && setup.isPending && <p className={classes.quiet}>{t("setup.looking")}</p>}
      {setup.isError && setup.data === undefined && <Broken error={setup.error} retry={() => void setup.refetch()} />}
      {setup.data !== undefined && <Steps channel={channel} setup={setup.data} />}
    </section>
  );
}

function Steps({ channel, setup }: { channel: Channel; setup: Setup }) {
  const { t } = useTranslation();
  const left = missing(setup);
  const sure = setup.steps.every((step) => step.done !== null);
  return (
    <>
      <p className={classes.sum} data-done={(left === 0 && sure) || undefined} role="status">
        {left > 0 ? t("setup.left", { count: left }) : sure ? t("setup.allDone") : t("setup.unsure")}
      </p>
      <ol className={classes.steps}>
        {setup.steps.map((step) => (
          <li key={step.title} data-state={mark(step)}>
            {MARKS[mark(step)]}
            <div>
              <p className={classes.step}>
                {step.title} <small>{t(`setup.${mark(step)}`)}</small>
              </p>
              {step.done !== true && step.help !== "" && <Prose text={step.help} />}
            </div>
          </li>
        ))}
      </ol>
      <p className={classes.quiet}>
        {setup.last_received_at === null ? (
          !isPage(channel) && t("setup.neverHeard")
        ) : (
          <>
            {t("setup.heard")} <When at={setup.last_received_at} as="ago" />
          </>
        )}
      </p>
    </>
  );
}
