/** Which kind of channel: all there are, in groups, found by a word. */
import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { connectorsQuery } from "../api/queries";
import { useTranslation } from "../i18n";
import { Icon } from "../ui/ChannelIcon";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { catalogue } from "./catalogue";
import { PageHead } from "./PageHead";
import classes from "./settings.module.css";
import setup from "./setup.module.css";

export function Catalogue() {
  const { t } = useTranslation();
  const connectors = useQuery(connectorsQuery);
  const [search, setSearch] = useState("");
  if (connectors.isPending) return <RowSkeletons rows={3} />;
  if (connectors.isError) return <Broken error={connectors.error} retry={() => void connectors.refetch()} />;
  const groups = catalogue(connectors.data, search);
  return (
    <>
      <PageHead title={t("channel.add")} text={t("channel.addText")} back="/settings/channels" />
      <div className={classes.content}>
        <TextInput
          className={setup.search}
          autoFocus
          type="search"
          aria-label={t("catalogue.search")}
          placeholder={t("catalogue.search")}
          leftSection={<IconSearch size={15} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {groups.length === 0 && <Empty title={t("common.nothingFound")} text={t("catalogue.noneText")} />}
        {groups.map(({ group, items }) => (
          <section key={group} aria-labelledby={`group-${group}`}>
            <h3 className={setup.pickHead} id={`group-${group}`}>
              {t(`catalogue.${group}`)}
            </h3>
            <div className={classes.pick}>
              {items.map((connector) => (
                <Link
                  key={connector.key}
                  className={classes.pickOne}
                  to="/settings/$section/$itemId"
                  params={{ section: "channels", itemId: `new-${connector.key}` }}
                >
                  <span className={classes.channelIcon}>
                    <Icon svg={connector.icon} size={20} />
                  </span>
                  {connector.title}
                </Link>
              ))}
            </div>
          </section>
        ))}
      </div>
    </>
  );
}
