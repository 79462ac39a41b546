/** The pages of the calls room as tabs. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMay } from "../api/hooks";
import { useTranslation } from "../i18n";
import place from "../ui/place.module.css";
import classes from "./calls.module.css";
import { debtsQuery } from "./queries";

const PAGES = ["list", "missed", "live"] as const;

/** On a phone the tabs are wider than the screen: where one is has to be seen. */
const intoView = (tab: HTMLElement | null) => tab?.scrollIntoView({ block: "nearest", inline: "center" });

export function CallTabs({ page }: { page: string }) {
  const { t } = useTranslation();
  const mayCalls = useMay("calls_read");
  const mayReview = useMay("reviews_read");
  const mayListen = useMay("calls_supervise");
  const owed = useInfiniteQuery({ ...debtsQuery(false), enabled: mayCalls }).data?.pages[0]?.items.length ?? 0;
  return (
    <nav className={place.tabs} aria-label={t("calls.title")}>
      {mayCalls &&
        PAGES.filter((name) => name !== "live" || mayListen).map((name) => (
          <Link
            key={name}
            ref={page === name ? intoView : undefined}
            to="/calls/$page"
            params={{ page: name }}
            className={place.tab}
            data-active={page === name || undefined}
            aria-current={page === name ? "page" : undefined}
          >
            {t(`calls.pages.${name}`)}
            {name === "missed" && owed > 0 && <span className={classes.count}>{owed}</span>}
          </Link>
        ))}
      {mayReview && (
        <Link
          ref={page === "review" ? intoView : undefined}
          to="/reviews"
          className={place.tab}
          data-active={page === "review" || undefined}
          aria-current={page === "review" ? "page" : undefined}
        >
          {t("reviews.tab")}
        </Link>
      )}
    </nav>
  );
}
