/** The frame around every place: rail, connection banner, command menu, and the place itself. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useChannels, useMay, useSession } from "../api/hooks";
import { onLoggedOut } from "../api/client";
import { countsQuery, keys } from "../api/queries";
import { isLanguage, setLanguage, useTranslation, withTexts } from "../i18n";
import { ConnectionBanner } from "./ConnectionBanner";
import { useDocked } from "./docked";
import { goLive } from "./live";
import { Rail } from "./Rail";
import classes from "./shell.module.css";
import { listenForShortcuts, useShortcut } from "./shortcuts";

const CommandMenu = lazy(() => import("./CommandMenu"));
const ShortcutHelp = lazy(() => import("./ShortcutHelp"));
const CallDock = lazy(withTexts(["calls"], () => import("../calls/CallDock")));
const ChannelNotices = lazy(withTexts(["channels"], () => import("../channels/ChannelNotices")));
const Profile = lazy(() => import("./Profile"));

export type Overlay = "commands" | "shortcuts" | "profile" | null;

export function Shell() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { user } = useSession();
  const [overlay, setOverlay] = useState<Overlay>(null);

  useEffect(() => goLive(queries), [queries]);
  useEffect(listenForShortcuts, []);
  const mine = useQuery(countsQuery).data?.mine ?? 0;
  useEffect(() => {
    document.title = mine > 0 ? `(${mine}) Interaction Hub` : "Interaction Hub";
  }, [mine]);
  useEffect(() => {
    if (isLanguage(user.language)) void setLanguage(user.language);
  }, [user.language]);
  useEffect(() => {
    onLoggedOut(() => {
      queries.setQueryData(keys.session, null);
      void navigate({ to: "/login", search: { next: location.pathname + location.search } });
    });
  }, [queries, navigate]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.code !== "KeyK" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setOverlay((now) => (now === "commands" ? null : "commands"));
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  useShortcut("help", () => setOverlay("shortcuts"));
  useShortcut("search", () => setOverlay("commands"));
  useShortcut("inbox", () => void navigate({ to: "/inbox" }));
  useShortcut("contacts", () => void navigate({ to: "/contacts" }));
  useShortcut("settings", () => void navigate({ to: "/settings" }));

  const mayCall = useMay("calls_write");
  const channels = useChannels();
  const calls = mayCall && [...channels.values()].some(({ capabilities }) => capabilities.calls !== null);
  const { Bar } = useDocked();
  const close = () => setOverlay(null);
  return (
    <div className={classes.shell}>
      <a className="skip" href="#main">
        {t("shell.skip")}
      </a>
      <Rail open={setOverlay} />
      <div className={classes.place}>
        <ConnectionBanner />
        <Suspense fallback={null}>
          <ChannelNotices />
        </Suspense>
        <main id="main" className={classes.main} tabIndex={-1}>
          <Outlet />
        </main>
        {Bar !== null && <Bar />}
      </div>
      <Suspense fallback={null}>
        {overlay === "commands" && <CommandMenu close={close} open={setOverlay} />}
        {overlay === "shortcuts" && <ShortcutHelp close={close} />}
        {overlay === "profile" && <Profile close={close} />}
        {calls && <CallDock />}
      </Suspense>
    </div>
  );
}
