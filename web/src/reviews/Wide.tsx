/** Holds what may be wider than the screen: it scrolls by itself, by the keyboard, too. */
import type { ReactNode } from "react";
import classes from "./reviews.module.css";

export function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to take the keyboard, says axe
    <div className={classes.scroll} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
