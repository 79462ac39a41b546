/** Placeholder while the room is built. */
export function Settings() {
  return null;
}
