/** An address that leads nowhere, with the way back. */
import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../i18n";
import { Empty } from "../ui/States";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Empty
      icon={<IconMapOff size={28} stroke={1.5} />}
      title={t("error.notFound")}
      text={t("error.notFoundText")}
      action={
        <Button component={Link} to="/inbox" variant="default">
          {t("error.toInbox")}
        </Button>
      }
    />
  );
}
