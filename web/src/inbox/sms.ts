/** How a text costs as SMS: the same rules as hub/domain/sms.py (3GPP TS 23.038 and 23.040). Pure. */

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** What takes two septets: the escape and its code. */
const EXTENDED = new Set("\f^{}\\[~]|€");

export interface SmsCost {
  alphabet: "gsm7" | "ucs2";
  segments: number;
  /** Septets, or UTF-16 code units, that still fit the last segment. */
  left: number;
}

/** Returns the letters that force the short alphabet out, each once, in their order. */
export function strangers(text: string): string[] {
  return [...new Set(text)].filter((letter) => !BASIC.has(letter) && !EXTENDED.has(letter));
}

/**
 * Returns alphabet and segments: 160 septets or 70 code units alone, 153 or 67 each when joined.
 * A pair that must not be torn (escape and letter, surrogates) moves whole into the next segment.
 */
export function smsCost(text: string): SmsCost {
  const letters = Array.from(text);
  const gsm = strangers(text).length === 0;
  const sizes = letters.map((letter) => (gsm ? (EXTENDED.has(letter) ? 2 : 1) : letter.length));
  const alphabet = gsm ? "gsm7" : "ucs2";
  const [alone, joined] = gsm ? [160, 153] : [70, 67];
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= alone) return { alphabet, segments: text === "" ? 0 : 1, left: alone - total };
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > joined) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { alphabet, segments, left: joined - used };
}
