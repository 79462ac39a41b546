/** Every address of the screens. What is not the inbox is loaded when it is first opened. */
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import type { QueryClient } from "@tanstack/react-query";
import { readSearch } from "../api/filter";
import { sessionQuery } from "../api/queries";
import { readCallSearch } from "../calls/search";
import { withTexts } from "../i18n";
import { Inbox } from "../inbox/Inbox";
import { readAsked } from "../reports/asked";
import { readReviewSearch } from "../reviews/search";
import { Broken } from "../ui/States";
import { NotFound } from "./NotFound";
import { Shell } from "./Shell";

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  errorComponent: ({ error, reset }) => <Broken error={error} retry={reset} />,
  notFoundComponent: NotFound,
});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (raw): { next?: string } =>
    typeof raw.next === "string" && /^\/(?!\/)/.test(raw.next) ? { next: raw.next } : {},
  component: lazyRouteComponent(() => import("../login/Login"), "Login"),
  beforeLoad: async ({ context }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session !== null && !session.must_change_password) throw redirect({ to: "/inbox" });
  },
});

/** Everything behind the login. */
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session === null || session.must_change_password)
      throw redirect({ to: "/login", search: { next: location.href } });
  },
});

const start = createRoute({
  getParentRoute: () => inside,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox" });
  },
});

const inbox = createRoute({
  getParentRoute: () => inside,
  path: "/inbox",
  validateSearch: readSearch,
  component: Inbox,
});

const conversation = createRoute({ getParentRoute: () => inbox, path: "$conversationId" });

const contacts = createRoute({
  getParentRoute: () => inside,
  path: "/contacts",
  validateSearch: (raw): { search?: string; channel?: string } => ({
    ...(typeof raw.search === "string" && raw.search !== "" ? { search: raw.search } : {}),
    // The channel a contact's timeline is narrowed to.
    ...(typeof raw.channel === "string" && raw.channel !== "" ? { channel: raw.channel } : {}),
  }),
  component: lazyRouteComponent(() => import("../contacts/Contacts"), "Contacts"),
});

const contact = createRoute({ getParentRoute: () => contacts, path: "$contactId" });

const calls = createRoute({
  getParentRoute: () => inside,
  path: "/calls",
  validateSearch: readCallSearch,
  component: lazyRouteComponent(
    withTexts(["calls", "reviews"], () => import("../calls/Calls")),
    "Calls",
  ),
});

const callPage = createRoute({ getParentRoute: () => calls, path: "$page" });

const reviews = createRoute({
  getParentRoute: () => inside,
  path: "/reviews",
  validateSearch: readReviewSearch,
  component: lazyRouteComponent(
    withTexts(["calls", "reviews"], () => import("../reviews/Reviews")),
    "Reviews",
  ),
});

const reviewPage = createRoute({ getParentRoute: () => reviews, path: "$callId" });

const reports = createRoute({
  getParentRoute: () => inside,
  path: "/reports",
  validateSearch: readAsked,
  component: lazyRouteComponent(
    withTexts(["reports"], () => import("../reports/Reports")),
    "Reports",
  ),
});

const reportPage = createRoute({ getParentRoute: () => reports, path: "$page" });

const wallboard = createRoute({
  getParentRoute: () => inside,
  path: "/wallboard",
  component: lazyRouteComponent(
    withTexts(["reports"], () => import("../reports/Wallboard")),
    "Wallboard",
  ),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: lazyRouteComponent(
    withTexts(["settings"], () => import("../settings/Settings")),
    "Settings",
  ),
});

const section = createRoute({ getParentRoute: () => settings, path: "$section" });
const item = createRoute({ getParentRoute: () => section, path: "$itemId" });

const tree = root.addChildren([
  login,
  inside.addChildren([
    start,
    inbox.addChildren([conversation]),
    contacts.addChildren([contact]),
    calls.addChildren([callPage]),
    reviews.addChildren([reviewPage]),
    reports.addChildren([reportPage]),
    wallboard,
    settings.addChildren([section.addChildren([item])]),
  ]),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: false,
    defaultPendingMs: 300,
    scrollRestoration: false,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
