/** The line between two panes: dragged with the pointer or moved with the arrow keys. */
import { useRef } from "react";
import classes from "./ui.module.css";

interface ResizerProps {
  label: string;
  value: number;
  min: number;
  max: number;
  /** The pane that grows when the line moves right: the one before it (1) or after it (-1). */
  side: 1 | -1;
  onChange: (value: number) => void;
}

export function Resizer({ label, value, min, max, side, onChange }: ResizerProps) {
  const from = useRef({ x: 0, value: 0 });
  const clamp = (next: number) => Math.round(Math.min(max, Math.max(min, next)));
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- hr cannot be focused or carry a value
    <div
      className={classes.resizer}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") onChange(clamp(value - 16 * side));
        if (event.key === "ArrowRight") onChange(clamp(value + 16 * side));
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, value };
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId))
          onChange(clamp(from.current.value + (event.clientX - from.current.x) * side));
      }}
    />
  );
}
