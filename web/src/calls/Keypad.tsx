/** Keys of a telephone. */
import { Button } from "@mantine/core";
import { useTranslation } from "../i18n";
import classes from "./dock.module.css";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;

export function Keypad({ press }: { press: (digit: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.keypad} role="group" aria-label={t("calls.keypad")}>
      {KEYS.map((digit) => (
        <Button key={digit} variant="default" onClick={() => press(digit)}>
          {digit}
        </Button>
      ))}
    </div>
  );
}
