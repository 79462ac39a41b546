/** Outside bots: programs that speak with customers through the hub, and what each was told. */
import { Button, Modal } from "@mantine/core";
import { IconPlus, IconRobotFace } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { CopyLine } from "../ui/CopyLine";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import classes from "./bots.module.css";
import { OutsideBotForm } from "./OutsideBotForm";
import { OutsideBotPage } from "./OutsideBotPage";
import { type NewOutsideBot, outsideBotsQuery } from "./outsideQueries";

export default function OutsideBots() {
  const { t } = useTranslation();
  const { itemId } = useParams({ strict: false });
  const bots = useQuery(outsideBotsQuery);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<NewOutsideBot | null>(null);
  if (bots.isPending) return <RowSkeletons rows={3} />;
  if (bots.isError) return <Broken error={bots.error} retry={() => void bots.refetch()} />;
  const secrets = made !== null && <Secrets made={made} close={() => setMade(null)} />;
  const open = bots.data.find((bot) => bot.id === itemId);
  if (open !== undefined)
    return (
      <>
        <OutsideBotPage bot={open} made={setMade} />
        {secrets}
      </>
    );
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t("bots.outside.add")}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t("settings.outside-bots.title")}
        text={t("settings.outside-bots.text")}
        action={bots.data.length > 0 && add}
      />
      <div className={settings.content}>
        {bots.data.length === 0 && (
          <Empty
            icon={<IconRobotFace size={28} stroke={1.4} />}
            title={t("bots.outside.none")}
            text={t("bots.outside.noneText")}
            action={add}
          />
        )}
        <ul className={classes.flows}>
          {bots.data.map((bot) => (
            <li key={bot.id}>
              <Link to="/settings/$section/$itemId" params={{ section: "outside-bots", itemId: bot.id }}>
                <strong>{bot.name}</strong>
                <span>{bot.url === "" ? t("bots.outside.listens") : bot.url}</span>
              </Link>
              <span className={classes.state} data-on={bot.active || undefined}>
                {bot.active ? t("bots.outside.on") : t("bots.outside.off")}
              </span>
            </li>
          ))}
        </ul>
      </div>
      {adding && <OutsideBotForm close={() => setAdding(false)} made={setMade} />}
      {secrets}
    </>
  );
}

/** The token and the secret, shown once. */
function Secrets({ made, close }: { made: NewOutsideBot; close: () => void }) {
  const { t } = useTranslation();
  if (made.token === null || made.secret === null) return null;
  return (
    <Modal opened onClose={close} title={made.bot.name} closeOnClickOutside={false}>
      <p style={{ marginTop: 0 }}>{t("bots.outside.onceText")}</p>
      <p className={classes.quiet}>{t("bots.outside.token")}</p>
      <CopyLine text={made.token} label={t("bots.outside.token")} />
      <p className={classes.quiet}>{t("bots.outside.secret")}</p>
      <CopyLine text={made.secret} label={t("bots.outside.secret")} />
      <Button mt="md" onClick={close}>
        {t("settings.secretKept")}
      </Button>
    </Modal>
  );
}
