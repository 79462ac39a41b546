/** Colours that can be read: which text goes on an accent, and an accent that stands out from the page. */

/** Relative luminance of #rrggbb, 0 to 1 (WCAG 2.2). */
export function luminance(hex: string): number {
  const channel = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast of two luminances, 1 to 21. */
export function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Black or white, whichever is read better on the colour. */
export function textOn(hex: string): "#ffffff" | "#000000" {
  const light = luminance(hex);
  return contrast(light, 1) >= contrast(light, 0) ? "#ffffff" : "#000000";
}

export function isColour(value: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(value);
}
