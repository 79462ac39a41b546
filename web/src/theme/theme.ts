/** Mantine's components in our sizes; the colours come from tokens.css. */
import {
  ActionIcon,
  Button,
  createTheme,
  Drawer,
  Input,
  Loader,
  Menu,
  Modal,
  Popover,
  Select,
  Tooltip,
} from "@mantine/core";

const FIELD = { "--input-height": "var(--control)", "--input-fz": "var(--mantine-font-size-sm)" };
const BUTTON = {
  "--button-height": "var(--control)",
  "--button-padding-x": "12px",
  "--button-fz": "var(--mantine-font-size-sm)",
};

/** Ours is the size for what asks for none; a size asked for stays. */
const ours = (size: unknown): boolean => size === undefined || size === "sm";

/** Returns the theme; `close` is what close buttons are called in the reader's language. */
export const themeOf = (close: string) =>
  createTheme({
    primaryColor: "blue",
    fontFamily: "var(--font)",
    cursorType: "pointer",
    respectReducedMotion: true,
    components: {
      ActionIcon: ActionIcon.extend({
        defaultProps: { variant: "subtle", color: "gray" },
        vars: (_theme, { size }) => ({ root: ours(size) ? { "--ai-size": "var(--control)" } : {} }),
      }),
      Button: Button.extend({ vars: (_theme, { size }) => ({ root: ours(size) ? BUTTON : {} }) }),
      Input: Input.extend({ vars: (_theme, { size }) => ({ wrapper: ours(size) ? FIELD : {} }) }),
      InputWrapper: Input.Wrapper.extend({
        defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] },
      }),
      Loader: Loader.extend({ defaultProps: { size: "sm", type: "dots" } }),
      Drawer: Drawer.extend({
        defaultProps: {
          lockScroll: false,
          transitionProps: { duration: 120 },
          closeButtonProps: { "aria-label": close },
        },
      }),
      Menu: Menu.extend({ defaultProps: { shadow: "md", transitionProps: { duration: 100 }, position: "bottom-end" } }),
      Modal: Modal.extend({
        defaultProps: {
          lockScroll: false,
          centered: true,
          transitionProps: { duration: 120 },
          overlayProps: { backgroundOpacity: 0.45 },
          closeButtonProps: { "aria-label": close },
        },
      }),
      Popover: Popover.extend({ defaultProps: { shadow: "md", transitionProps: { duration: 100 } } }),
      Select: Select.extend({ defaultProps: { allowDeselect: false, checkIconPosition: "right" } }),
      Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true, transitionProps: { duration: 80 } } }),
    },
  });
