/** Names and formulas of figures in the reader's language; what a newer hub adds keeps the hub's own words. */
import { useTranslation } from "../i18n";
import type { TextKey } from "../i18n";
import type { Figure } from "./queries";

export function useFigureWords(figure: Figure): { name: string; formula: string } {
  const { t, i18n } = useTranslation();
  const of = (what: "figures" | "formulas", own: string) => {
    const key = `reports.${what}.${figure.key}`;
    return i18n.exists(key) ? t(key as TextKey) : own;
  };
  return { name: of("figures", figure.name), formula: of("formulas", figure.formula) };
}
