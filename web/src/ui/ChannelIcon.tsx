/** A channel's icon, drawn in the colour of the text around it. The connector brings the drawing. */
import { useChannel } from "../api/hooks";
import classes from "./ui.module.css";

const masks = new Map<string, string>();

/** The drawing is only ever a mask: whatever its file holds, nothing of it runs. */
function mask(svg: string): string {
  const known = masks.get(svg) ?? `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
  masks.set(svg, known);
  return known;
}

export function Icon({ svg, size = 16, label }: { svg: string; size?: number; label?: string }) {
  const style = { width: size, height: size, maskImage: mask(svg), WebkitMaskImage: mask(svg) };
  return label === undefined ? (
    <span className={classes.icon} style={style} aria-hidden />
  ) : (
    <span className={classes.icon} style={style} role="img" aria-label={label} title={label} />
  );
}

export function ChannelIcon({ channelId, size = 16 }: { channelId: string; size?: number }) {
  const { channel, connector } = useChannel(channelId);
  if (connector === undefined) return null;
  return <Icon svg={connector.icon} size={size} label={channel?.name ?? connector.title} />;
}
