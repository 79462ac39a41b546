/** The self-check: how this installation is, and what a person should look at. */
import { useQuery } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { useTranslation } from "../i18n";
import { Broken, RowSkeletons } from "../ui/States";
import { fileSize, span } from "../ui/time";
import { When } from "../ui/When";
import { PageHead } from "./PageHead";
import classes from "./settings.module.css";

const EVERY = 10_000;

export default function OverviewPage() {
  const { t, i18n } = useTranslation();
  const overview = useQuery({
    queryKey: ["overview"],
    queryFn: () => body(client.GET("/overview")),
    refetchInterval: EVERY,
  });
  if (overview.isPending) return <RowSkeletons rows={4} />;
  if (overview.isError) return <Broken error={overview.error} retry={() => void overview.refetch()} />;
  const { data } = overview;
  return (
    <>
      <PageHead title={t("settings.overview.title")} text={t("settings.overview.text")} />
      <div className={classes.content}>
        {data.problems.length === 0 ? (
          <div className={classes.notice} data-tone="good">
            <p>{t("settings.overview.allGood")}</p>
          </div>
        ) : (
          data.problems.map((problem) => (
            <div key={problem} className={classes.notice} data-tone="bad">
              <p>{problem}</p>
            </div>
          ))
        )}
        <dl className={classes.facts}>
          <dt>{t("settings.overview.version")}</dt>
          <dd>{data.version}</dd>
          <dt>{t("settings.overview.node")}</dt>
          <dd>{data.node}</dd>
          <dt>{t("settings.overview.uptime")}</dt>
          <dd>{span(data.uptime * 1000, i18n.language, "long")}</dd>
          <dt>{t("settings.overview.database")}</dt>
          <dd>{data.database}</dd>
          {data.disk !== null && (
            <>
              <dt>{t("settings.overview.disk")}</dt>
              <dd>
                {t("settings.overview.diskOf", {
                  free: fileSize(data.disk.free, i18n.language),
                  total: fileSize(data.disk.total, i18n.language),
                })}
              </dd>
            </>
          )}
          <dt>{t("settings.overview.journal")}</dt>
          <dd>
            {data.journal.oldest_unread === null
              ? t("settings.overview.journalEmpty")
              : t("settings.overview.journalLag", { span: span(data.journal.lag * 1000, i18n.language, "long") })}
          </dd>
          <dt>{t("settings.overview.outbox")}</dt>
          <dd>
            {Object.entries(data.outbox)
              .filter(([, count]) => count > 0)
              .map(
                ([state, count]) =>
                  `${t(`settings.overview.outboxStates.${state as "queued"}`, state)}: ${count.toLocaleString(i18n.language)}`,
              )
              .join(", ") || t("settings.overview.outboxEmpty")}
          </dd>
        </dl>
        <h3 className={classes.section}>{t("settings.channels.title")}</h3>
        <table className={classes.table}>
          <tbody>
            {data.channels.map((channel) => {
              const state = channel.enabled ? channel.connection.state : "disabled";
              return (
                <tr key={channel.id}>
                  <td>{channel.name}</td>
                  <td>
                    <span className={classes.state} data-state={state}>
                      {t(`connection.state.${state}`)}
                    </span>
                  </td>
                  <td className={classes.quiet}>
                    <When at={channel.connection.since} as="ago" />
                  </td>
                  <td>{channel.connection.detail}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
