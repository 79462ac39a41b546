/** Placeholder while the room is built. */
export function Contacts() {
  return null;
}
