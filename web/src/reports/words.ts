/** Names and formulas of figures in the reader's language; what a newer hub adds keeps the hub's own words. */
import { useTranslation } from "../i18n";
import type { TextKey } from "../i18n";
import type { Figure } from "./queries";

/** Says a figure's name by its key; the key itself where a newer hub knows more. */
export function useFigureName(): (key: string) => string {
  const { t, i18n } = useTranslation();
  return (key) => (i18n.exists(`reports.figures.${key}`) ? t(`reports.figures.${key}` as TextKey) : key);
}

export function useFigureWords(figure: Figure): { name: string; formula: string } {
  const { t, i18n } = useTranslation();
  const of = (what: "figures" | "formulas", own: string) => {
    const key = `reports.${what}.${figure.key}`;
    return i18n.exists(key) ? t(key as TextKey) : own;
  };
  return { name: of("figures", figure.name), formula: of("formulas", figure.formula) };
}
