/** Settings: channels, people, programs, and what shows that nothing was lost. */
import {
  IconActivityHeartbeat,
  IconApi,
  IconArrowsSplit2,
  IconBolt,
  IconBook2,
  IconCalendarTime,
  IconClipboardCheck,
  IconFileUnknown,
  IconPhoneIncoming,
  IconListCheck,
  IconMessage2Bolt,
  IconMicrophone,
  IconMoodSmile,
  IconPlug,
  IconRobot,
  IconRobotFace,
  IconSparkles,
  IconTargetArrow,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
} from "@tabler/icons-react";
import { Link, Navigate, useParams } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense } from "react";
import { useSession } from "../api/hooks";
import type { Action } from "../api/types";
import { useTranslation, withTexts } from "../i18n";
import { NotAllowed, RowSkeletons } from "../ui/States";
import classes from "./settings.module.css";

const icon = { size: 17, stroke: 1.6 };

const SECTIONS = [
  {
    key: "channels",
    needs: "channels_read",
    icon: <IconPlug {...icon} />,
    page: lazy(withTexts(["channels"], () => import("./Channels"))),
  },
  { key: "users", needs: "users_read", icon: <IconUsers {...icon} />, page: lazy(() => import("./Users")) },
  {
    key: "teams",
    needs: "users_read",
    icon: <IconUsersGroup {...icon} />,
    page: lazy(withTexts(["routing"], () => import("./Teams"))),
  },
  {
    key: "bots",
    needs: "bots_read",
    icon: <IconRobot {...icon} />,
    page: lazy(withTexts(["bots"], () => import("../bots/Bots"))),
  },
  {
    key: "knowledge",
    needs: "knowledge_read",
    icon: <IconBook2 {...icon} />,
    page: lazy(withTexts(["bots"], () => import("../bots/Knowledge"))),
  },
  {
    key: "saved-replies",
    needs: "knowledge_read",
    icon: <IconMessage2Bolt {...icon} />,
    page: lazy(withTexts(["saved"], () => import("../saved/SavedReplies"))),
  },
  {
    key: "macros",
    needs: "conversations_write",
    icon: <IconBolt {...icon} />,
    page: lazy(withTexts(["macros", "saved", "bots"], () => import("../macros/Macros"))),
  },
  {
    key: "rules",
    needs: "rules_read",
    icon: <IconArrowsSplit2 {...icon} />,
    page: lazy(withTexts(["rules", "macros", "bots", "saved"], () => import("../rules/Rules"))),
  },
  {
    key: "surveys",
    needs: "surveys_write",
    icon: <IconMoodSmile {...icon} />,
    page: lazy(withTexts(["survey", "bots"], () => import("../survey/Surveys"))),
  },
  {
    key: "assistant",
    needs: "assistant_write",
    icon: <IconSparkles {...icon} />,
    page: lazy(withTexts(["bots"], () => import("../bots/Assistant"))),
  },
  {
    key: "outside-bots",
    needs: "outside_bots_write",
    icon: <IconRobotFace {...icon} />,
    page: lazy(withTexts(["bots"], () => import("../bots/OutsideBots"))),
  },
  {
    key: "hours",
    needs: "waits_read",
    icon: <IconCalendarTime {...icon} />,
    page: lazy(withTexts(["reports"], () => import("../reports/Hours"))),
  },
  {
    key: "targets",
    needs: "targets_write",
    icon: <IconTargetArrow {...icon} />,
    page: lazy(withTexts(["reports"], () => import("../reports/Targets"))),
  },
  {
    key: "scorecards",
    needs: "scorecards_write",
    icon: <IconListCheck {...icon} />,
    page: lazy(withTexts(["reviews"], () => import("../reviews/Scorecards"))),
  },
  {
    key: "recordings",
    needs: "recordings_log",
    icon: <IconMicrophone {...icon} />,
    page: lazy(withTexts(["reviews"], () => import("../reviews/RecordingSettings"))),
  },
  {
    key: "lines",
    needs: "lines_write",
    icon: <IconPhoneIncoming {...icon} />,
    page: lazy(withTexts(["calls"], () => import("../calls/Lines"))),
  },
  { key: "tokens", needs: "tokens_write", icon: <IconApi {...icon} />, page: lazy(() => import("./Tokens")) },
  { key: "webhooks", needs: "hooks_write", icon: <IconWebhook {...icon} />, page: lazy(() => import("./Hooks")) },
  { key: "ledger", needs: "ledger_read", icon: <IconClipboardCheck {...icon} />, page: lazy(() => import("./Ledger")) },
  { key: "events", needs: "raw_read", icon: <IconFileUnknown {...icon} />, page: lazy(() => import("./RawEvents")) },
  {
    key: "overview",
    needs: "system_read",
    icon: <IconActivityHeartbeat {...icon} />,
    page: lazy(() => import("./OverviewPage")),
  },
] as const satisfies readonly { key: string; needs: Action; icon: React.ReactNode; page: ComponentType }[];

export function Settings() {
  const { t } = useTranslation();
  const { permissions } = useSession();
  const { section, itemId } = useParams({ strict: false });
  const allowed = SECTIONS.filter((item) => permissions.includes(item.needs));
  const known = SECTIONS.find((item) => item.key === section);
  const first = allowed[0];
  if (section === undefined && first !== undefined && !matchMedia("(max-width: 700px)").matches)
    return <Navigate to="/settings/$section" params={{ section: first.key }} replace />;
  const Page = known?.page;
  return (
    <div className={classes.settings} data-open={section !== undefined || undefined}>
      <nav className={classes.nav} aria-label={t("shell.settings")}>
        <h1>{t("shell.settings")}</h1>
        {allowed.map((item) => (
          <Link
            key={item.key}
            to="/settings/$section"
            params={{ section: item.key }}
            className={classes.navItem}
            activeProps={{ "data-active": "true" }}
          >
            {item.icon}
            {t(`settings.${item.key}.title`)}
          </Link>
        ))}
      </nav>
      <div
        className={classes.page}
        key={`${section} ${itemId}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- who may only read has nothing else to scroll by
        tabIndex={0}
      >
        <Suspense fallback={<RowSkeletons rows={4} />}>
          {Page !== undefined && (known !== undefined && permissions.includes(known.needs) ? <Page /> : <NotAllowed />)}
        </Suspense>
      </div>
    </div>
  );
}
