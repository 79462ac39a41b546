/** The inbox: views, list, thread and contact side by side; one at a time on a phone. */
import { useMediaQuery } from "@mantine/hooks";
import { IconMessages } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useMay } from "../api/hooks";
import { useTranslation } from "../i18n";
import { look } from "../shell/live";
import { usePrefs } from "../shell/prefs";
import { useShortcut } from "../shell/shortcuts";
import { Resizer } from "../ui/Resizer";
import { Empty, NotAllowed } from "../ui/States";
import classes from "./inbox.module.css";
import { List } from "./List";
import { Thread } from "./Thread";
import { useInbox } from "./useInbox";
import { Views } from "./Views";

const ContactPane = lazy(() => import("../contact/ContactPane"));

export function Inbox() {
  const { t } = useTranslation();
  const { conversationId, close } = useInbox();
  const prefs = usePrefs();
  const phone = useMediaQuery("(max-width: 700px)", false, { getInitialValueInEffect: false });
  const narrow = useMediaQuery("(max-width: 1180px)", false, { getInitialValueInEffect: false });
  const small = useMediaQuery("(max-width: 940px)", false, { getInitialValueInEffect: false });
  const [overlayFor, setOverlayFor] = useState<string | null>(null);
  const overlayPanel = overlayFor !== null && overlayFor === conversationId;
  const setOverlayPanel = (open: boolean) => setOverlayFor(open ? (conversationId ?? null) : null);
  const panelOpen = narrow ? overlayPanel : prefs.panelOpen;
  const togglePanel = () => (narrow ? setOverlayPanel(!overlayPanel) : prefs.set({ panelOpen: !prefs.panelOpen }));

  useEffect(() => {
    look(conversationId ?? null, false);
    return () => look(null, false);
  }, [conversationId]);
  useShortcut("close", () => (overlayPanel ? setOverlayPanel(false) : close()), conversationId !== undefined);
  useShortcut("panel", togglePanel, conversationId !== undefined);
  useShortcut("focusMode", () => {
    const open = prefs.viewsOpen || prefs.panelOpen;
    prefs.set({ viewsOpen: !open, panelOpen: !open });
  });

  if (!useMay("conversations_read")) return <NotAllowed />;
  const showList = !phone || conversationId === undefined;
  const showThread = !phone || conversationId !== undefined;
  const showViews = prefs.viewsOpen && !small && !phone;
  return (
    <div
      className={classes.inbox}
      data-phone={phone || undefined}
      data-thread-open={conversationId !== undefined || undefined}
    >
      {showViews && <Views />}
      {showList && (
        <section
          className={classes.listPane}
          style={phone ? undefined : { width: prefs.listWidth }}
          aria-label={t("list.title")}
        >
          <List withViews={!showViews} mayUnfold={!small && !phone} />
        </section>
      )}
      {!phone && (
        <Resizer
          label={t("inbox.listWidth")}
          value={prefs.listWidth}
          min={260}
          max={520}
          side={1}
          onChange={(listWidth) => prefs.set({ listWidth })}
        />
      )}
      {showThread && (
        <section className={classes.threadPane} aria-label={t("thread.title")}>
          {conversationId === undefined ? (
            <Empty
              icon={<IconMessages size={30} stroke={1.4} />}
              title={t("thread.none")}
              text={t("thread.noneText")}
            />
          ) : (
            <Thread
              key={conversationId}
              id={conversationId}
              phone={phone}
              back={close}
              panelOpen={panelOpen}
              togglePanel={togglePanel}
            />
          )}
        </section>
      )}
      {conversationId !== undefined && panelOpen && (
        <>
          {!narrow && (
            <Resizer
              label={t("inbox.panelWidth")}
              value={prefs.panelWidth}
              min={260}
              max={520}
              side={-1}
              onChange={(panelWidth) => prefs.set({ panelWidth })}
            />
          )}
          <aside
            className={classes.contactPane}
            data-overlay={narrow || undefined}
            style={narrow ? undefined : { width: prefs.panelWidth }}
            aria-label={t("contact.title")}
          >
            <Suspense fallback={null}>
              <ContactPane conversationId={conversationId} close={togglePanel} />
            </Suspense>
          </aside>
        </>
      )}
    </div>
  );
}
