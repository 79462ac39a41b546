/** Short messages in the corner: done, what failed and what to do, or done with a way back. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";

export const toast = {
  done(message: string): void {
    notifications.show({ message, color: "green", withBorder: true, autoClose: 4000 });
  },
  failure(title: string, message: string): void {
    notifications.show({ title, message, color: "red", withBorder: true, autoClose: 12_000, role: "alert" });
  },
  undoable(message: string, label: string, undo: () => void): void {
    const id = notifications.show({
      color: "green",
      withBorder: true,
      autoClose: 15_000,
      message: (
        <>
          {message}{" "}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              notifications.hide(id);
              undo();
            }}
          >
            {label}
          </Button>
        </>
      ),
    });
  },
};
