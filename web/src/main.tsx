/** Starts the screens: language first, so that nothing is drawn in the wrong one. */
import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./theme/tokens.css";
import "./theme/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { FreshQueries } from "./api/fresh";
import { ApiError } from "./api/problem";
import { guessLanguage, startI18n } from "./i18n";
import { makeRouter } from "./shell/router";
import { Themed } from "./theme/Themed";

const RETRIES = 2;
const queries = new FreshQueries({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => !(error instanceof ApiError && error.status < 500) && count < RETRIES,
    },
  },
});
const router = makeRouter(queries);

async function start(): Promise<void> {
  await startI18n(guessLanguage());
  const place = document.getElementById("root");
  if (place === null) throw new Error("the page has no #root");
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Themed>
          <RouterProvider router={router} />
        </Themed>
      </QueryClientProvider>
    </StrictMode>,
  );
  // Korean glyphs come in small pieces, each only when a name or message needs it.
  void import("./theme/korean");
}

void start();
