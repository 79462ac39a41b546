/** What goes on at the lower edge while one moves through the hub; a room puts it there once it has something to show. */
import type { ComponentType } from "react";
import { create } from "zustand";

export const useDocked = create<{ Bar: ComponentType | null }>(() => ({ Bar: null }));
