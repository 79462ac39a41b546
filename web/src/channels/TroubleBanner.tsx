/** In the inbox: which channels do not work, since when, what that means, and what to do. One banner for all of them. */
import { Button } from "@mantine/core";
import { IconPlugConnectedX, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useMay, useSession } from "../api/hooks";
import { connectorsQuery } from "../api/queries";
import type { Channel } from "../api/types";
import { useTranslation } from "../i18n";
import { useLive } from "../ui/clock";
import { IconButton } from "../ui/IconButton";
import classes from "./channels.module.css";
import { useDismissed } from "./dismissed";
import { beginning, mendsItself, nameOf, type Troubled, troubled } from "./troubled";

export function TroubleBanner({ channels }: { channels: readonly Channel[] }) {
  const { t } = useTranslation();
  const say = useWords();
  const inInbox = useLocation({ select: ({ pathname }) => pathname.startsWith("/inbox") });
  const mayKnow = useMay("connections_read");
  const [dismissed, dismiss] = useDismissed(useSession().user.id);
  const names = useLive((now) =>
    troubled(channels, now)
      .map(nameOf)
      .filter((name) => !dismissed.has(name))
      .join(),
  );
  const shown = troubled(channels).filter((channel) => names.includes(nameOf(channel)));
  const [first] = shown;
  const hint = mayKnow ? "" : ` ${t(mendsItself(shown) ? "channels.trouble.itself" : "channels.trouble.person")}`;
  return (
    <div role="status" aria-label={t("channels.trouble.label")}>
      {inInbox && first !== undefined && (
        <div className={`${classes.notice} ${classes.trouble}`}>
          <IconPlugConnectedX size={18} stroke={1.6} aria-hidden />
          {shown.length === 1 ? (
            <p>
              {say("channels.trouble", first)}
              {hint}
            </p>
          ) : (
            <div className={classes.several}>
              <p>
                {t("channels.trouble.many", { count: shown.length })}
                {hint}
              </p>
              <ul>
                {shown.map((channel) => (
                  <li key={channel.id}>
                    {mayKnow ? (
                      <Link to="/settings/$section/$itemId" params={{ section: "channels", itemId: channel.id }}>
                        {say("channels.trouble.each", channel)}
                      </Link>
                    ) : (
                      say("channels.trouble.each", channel)
                    )}
                  </li>
                ))}
              </ul>
            </div>
          )}
          {mayKnow && shown.length === 1 && (
            <span className={classes.acts}>
              <Button
                component={Link}
                to="/settings/$section/$itemId"
                params={{ section: "channels", itemId: first.id } as never}
                size="compact-sm"
                variant="default"
              >
                {t("channels.trouble.help")}
              </Button>
            </span>
          )}
          <IconButton
            label={t("channels.trouble.dismiss")}
            size={28}
            onClick={() => {
              dismiss(shown.map(nameOf));
              // The button goes: the keyboard shall not be left nowhere.
              document.getElementById("main")?.focus();
            }}
          >
            <IconX size={16} stroke={1.6} />
          </IconButton>
        </div>
      )}
    </div>
  );
}

/** Returns what says of a channel which trouble it is in, by its kind and name, and since when. */
function useWords() {
  const { t, i18n } = useTranslation();
  const connectors = useQuery(connectorsQuery).data;
  return (key: "channels.trouble" | "channels.trouble.each", { name, connector, connection }: Troubled): string => {
    const kind = connectors?.find((item) => item.key === connector)?.title ?? "";
    const plain = kind === "" || name.toLocaleLowerCase().includes(kind.toLocaleLowerCase());
    const since = beginning(new Date(connection.since), new Date(), i18n.language);
    const channel = plain ? name : t("channels.named", { kind, name });
    return t(`${key}.${connection.state}`, { channel, since });
  };
}
