/** What this browser remembers of how its person likes to work. */
import { create } from "zustand";
import { persist } from "zustand/middleware";

export type Alerts = "off" | "mine" | "all";

interface Prefs {
  sound: Alerts;
  desktop: Alerts;
  shortcuts: boolean;
  viewsOpen: boolean;
  panelOpen: boolean;
  listWidth: number;
  panelWidth: number;
  /** How fast sound is played: 1, 1.5 or 2 times. */
  speed: number;
  set: (change: Partial<Omit<Prefs, "set">>) => void;
}

export const usePrefs = create<Prefs>()(
  persist(
    (set) => ({
      sound: "mine",
      desktop: "off",
      shortcuts: true,
      viewsOpen: true,
      panelOpen: true,
      listWidth: 340,
      panelWidth: 320,
      speed: 1,
      set: (change) => set(change),
    }),
    { name: "hub-prefs" },
  ),
);
