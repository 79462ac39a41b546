/** Short messages at the top, where no buttons are: done, what failed and what to do, or done with a way back. */
import { Button } from "@mantine/core";
import { type NotificationData, notifications } from "@mantine/notifications";
import { t } from "i18next";

const show = (said: NotificationData) =>
  notifications.show({
    color: "green",
    withBorder: true,
    closeButtonProps: { "aria-label": t("common.close") },
    ...said,
  });

export const toast = {
  done(message: string): void {
    show({ message, autoClose: 4000 });
  },
  failure(title: string, message: string): void {
    show({ title, message, color: "red", autoClose: 12_000, role: "alert" });
  },
  undoable(message: string, label: string, undo: () => void): void {
    const id = show({
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
