/** Reports: a dashboard, the waits behind each figure, one's own figures, and what was saved. */
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { IconDeviceTv } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useMay } from "../api/hooks";
import { useTranslation, withTexts } from "../i18n";
import place from "../ui/place.module.css";
import { NotAllowed, RowSkeletons } from "../ui/States";
import type { Asked } from "./asked";
import { whole } from "./query";
import { Behind } from "./Behind";
import { Dashboard } from "./Dashboard";
import { Filters } from "./Filters";
import { Mine } from "./Mine";
import classes from "./reports.module.css";
import { useLightPaper } from "./paper";
import { Saved } from "./Saved";
import { nonsense } from "./sense";
import { Gone, NoPeriod } from "./Warnings";
import { SaveReport } from "./SaveForm";
import { Trust } from "./Trust";

const Satisfaction = lazy(withTexts(["survey"], () => import("../survey/Satisfaction")));
const Definitions = lazy(() => import("./Definitions"));
const Workload = lazy(() => import("./Workload"));
const PAGES = ["dashboard", "satisfaction", "waits", "workload", "mine", "saved", "definitions"] as const;
const ASKED: ReadonlySet<string> = new Set(["dashboard", "satisfaction", "waits", "workload", "mine"]);

/** On a phone the row of pages is wider than the screen. */
const intoView = (tab: HTMLElement | null) => tab?.scrollIntoView({ inline: "nearest", block: "nearest" });

export function Reports() {
  const { t } = useTranslation();
  const { page = "dashboard" } = useParams({ strict: false });
  const asked = useSearch({ from: "/inside/reports" });
  const navigate = useNavigate();
  const mayRead = useMay("waits_read");
  const mayWall = useMay("wallboard_read");
  useLightPaper();
  if (!mayRead) return <NotAllowed />;
  const ask = (next: Asked) => void navigate({ to: "/reports/$page", params: { page }, search: next });
  const plain = whole(asked);
  const wrong = ASKED.has(page) ? nonsense(asked) : null;
  return (
    <div className={place.place}>
      <header className={place.head}>
        <h1>{t("reports.title")}</h1>
        <nav className={place.tabs} aria-label={t("reports.title")}>
          {PAGES.filter((name) => name !== "waits" || page === "waits").map((name) => (
            <Link
              key={name}
              ref={page === name ? intoView : undefined}
              to="/reports/$page"
              params={{ page: name }}
              search={name === "waits" ? asked : plain}
              className={place.tab}
              data-active={page === name || undefined}
              aria-current={page === name ? "page" : undefined}
            >
              {t(`reports.pages.${name}`)}
            </Link>
          ))}
          {mayWall && (
            <Link to="/wallboard" className={place.tab}>
              <IconDeviceTv size={16} stroke={1.6} aria-hidden /> {t("reports.wallboard")}
            </Link>
          )}
        </nav>
        {ASKED.has(page) && (
          <>
            <Filters asked={asked} ask={ask} own={page === "mine"} />
            {page !== "mine" && wrong === null && <SaveReport asked={asked} />}
          </>
        )}
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is only read must be scrolled by keyboard */}
      <div className={classes.body} tabIndex={page === "definitions" ? 0 : undefined}>
        {wrong !== null && <NoPeriod why={wrong} />}
        {ASKED.has(page) && page !== "mine" && wrong === null && <Gone asked={asked} />}
        {wrong === null && page === "dashboard" && <Dashboard asked={asked} />}
        {wrong === null && page === "satisfaction" && (
          <Suspense fallback={<RowSkeletons rows={6} />}>
            <Satisfaction asked={asked} />
          </Suspense>
        )}
        {wrong === null && page === "waits" && <Behind asked={asked} ask={ask} />}
        {wrong === null && page === "workload" && (
          <Suspense fallback={<RowSkeletons rows={6} />}>
            <Workload asked={asked} />
          </Suspense>
        )}
        {wrong === null && page === "mine" && <Mine asked={asked} />}
        {page === "saved" && <Saved />}
        {page === "definitions" && (
          <Suspense fallback={<RowSkeletons rows={6} />}>
            <Definitions />
          </Suspense>
        )}
        {wrong === null && page === "dashboard" && <Trust />}
      </div>
    </div>
  );
}
