/** The places of the hub: a slim rail at the left, a bar at the bottom on a phone. */
import { UnstyledButton } from "@mantine/core";
import { IconAddressBook, IconChartBar, IconInbox, IconPhone, IconSearch, IconSettings } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { useChannels, useMay, useSession } from "../api/hooks";
import { countsQuery } from "../api/queries";
import { useTranslation, withTexts } from "../i18n";
import { Face } from "../ui/Face";
import type { Overlay } from "./Shell";
import classes from "./shell.module.css";

const Presence = lazy(withTexts(["calls"], () => import("../calls/Presence")));

export function Rail({ open }: { open: (overlay: Overlay) => void }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const counts = useQuery(countsQuery).data;
  const mayContacts = useMay("contacts_read");
  const channels = useChannels();
  const phones =
    useMay("calls_write") && [...channels.values()].some(({ capabilities }) => capabilities.calls !== null);
  const mayCalls = useMay("calls_read");
  const mayReports = useMay("waits_read");
  const mine = counts?.mine ?? 0;
  return (
    <nav className={classes.rail} aria-label={t("shell.places")}>
      <Place to="/inbox" label={t("shell.inbox")} count={mine} countLabel={t("shell.mineCount", { count: mine })}>
        <IconInbox size={20} stroke={1.6} />
      </Place>
      {mayContacts && (
        <Place to="/contacts" label={t("shell.contacts")}>
          <IconAddressBook size={20} stroke={1.6} />
        </Place>
      )}
      {mayCalls && (
        <Place to="/calls" also="/reviews" label={t("shell.calls")}>
          <IconPhone size={20} stroke={1.6} />
        </Place>
      )}
      {mayReports && (
        <Place to="/reports" label={t("shell.reports")}>
          <IconChartBar size={20} stroke={1.6} />
        </Place>
      )}
      <Place to="/settings" label={t("shell.settings")}>
        <IconSettings size={20} stroke={1.6} />
      </Place>
      <span className={classes.railGap} />
      {phones && (
        <Suspense fallback={null}>
          <Presence className={classes.railItem} />
        </Suspense>
      )}
      <UnstyledButton
        className={classes.railItem}
        onClick={() => open("commands")}
        title={`${t("shell.commands")} (Ctrl K)`}
      >
        <IconSearch size={20} stroke={1.6} aria-hidden />
        <span className={classes.railLabel}>{t("shell.searchShort")}</span>
      </UnstyledButton>
      <UnstyledButton className={classes.railItem} onClick={() => open("profile")} title={user.name}>
        <Face name={user.name} seed={user.id} size={26} />
        <span className="srOnly">{t("shell.profileOf", { name: user.name })}</span>
      </UnstyledButton>
    </nav>
  );
}

interface PlaceProps {
  to: "/inbox" | "/contacts" | "/calls" | "/reports" | "/settings";
  /** Where pages of it stand, too. */
  also?: string;
  label: string;
  count?: number;
  countLabel?: string;
  children: ReactNode;
}

function Place({ to, also = to, label, count = 0, countLabel, children }: PlaceProps) {
  const here = useLocation({ select: ({ pathname }) => pathname.startsWith(to) || pathname.startsWith(also) });
  return (
    <Link to={to} className={classes.railItem} data-active={here || undefined} title={label}>
      <span className={classes.railIcon} aria-hidden>
        {children}
      </span>
      <span className={classes.railLabel}>{label}</span>
      {count > 0 && (
        <span className={classes.railCount}>
          <span aria-hidden>{count > 99 ? "99+" : count}</span>
          <span className="srOnly">{countLabel}</span>
        </span>
      )}
    </Link>
  );
}
