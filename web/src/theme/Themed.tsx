/** Gives everything below our look; the names of close buttons follow the language. */
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "../i18n";
import { themeOf } from "./theme";

const colorSchemeManager = localStorageColorSchemeManager({ key: "hub-color-scheme" });

export function Themed({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const close = t("common.close");
  const theme = useMemo(() => themeOf(close), [close]);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Notifications position="top-center" limit={4} />
      {children}
    </MantineProvider>
  );
}
