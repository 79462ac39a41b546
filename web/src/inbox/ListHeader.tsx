/** Above the list: which list it is, its filters, its order. */
import { Button, Chip, Group, Indicator, Menu, Popover, SegmentedControl } from "@mantine/core";
import { IconArrowsSort, IconFilter, IconLayoutSidebarLeftExpand, IconPencilPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { DEFAULT_FILTER, type InboxFilter, searchOf, type Sort, STATES, type View } from "../api/filter";
import { useChannels, useMay, usePeople, useTeams } from "../api/hooks";
import { countsQuery } from "../api/queries";
import { useTranslation } from "../i18n";
import { usePrefs } from "../shell/prefs";
import { IconButton } from "../ui/IconButton";
import classes from "./inbox.module.css";
import { canBegin } from "./limits";
import { useInbox } from "./useInbox";

const NewConversation = lazy(() => import("./NewConversation"));
const icon = { size: 18, stroke: 1.6 };

export function ListHeader({ withViews, mayUnfold }: { withViews: boolean; mayUnfold: boolean }) {
  const { t } = useTranslation();
  const { filter, setFilter } = useInbox();
  const counts = useQuery(countsQuery).data;
  const prefs = usePrefs();
  const channels = useChannels();
  const mayWrite = useMay("conversations_write");
  const [writing, setWriting] = useState(false);
  const startable = [...channels.values()].some(canBegin);
  const label = (view: View) => {
    const count = counts?.[view];
    return (
      <span className={classes.tab}>
        {t(`views.${view}`)} {count !== undefined && <span className={classes.tabCount}>{count}</span>}
      </span>
    );
  };
  return (
    <div className={classes.listHead}>
      <div className={classes.listBar}>
        {withViews && mayUnfold && (
          <IconButton label={t("views.unfold")} onClick={() => prefs.set({ viewsOpen: true })}>
            <IconLayoutSidebarLeftExpand {...icon} />
          </IconButton>
        )}
        {withViews ? <h1>{title(filter, t, channels)}</h1> : <h2>{title(filter, t, channels)}</h2>}
        <FilterButton />
        <Menu>
          <Menu.Target>
            <IconButton label={t("filters.sort")}>
              <IconArrowsSort {...icon} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            {(["waiting", "due", "newest"] satisfies Sort[]).map((sort) => (
              <Menu.Item
                key={sort}
                aria-current={filter.sort === sort}
                fw={filter.sort === sort ? 600 : 400}
                onClick={() => setFilter({ sort })}
              >
                {t(`filters.sorts.${sort}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        {mayWrite && startable && (
          <IconButton label={t("new.title")} onClick={() => setWriting(true)}>
            <IconPencilPlus {...icon} />
          </IconButton>
        )}
      </div>
      {withViews && (
        <SegmentedControl
          fullWidth
          size="sm"
          aria-label={t("views.title")}
          value={filter.view}
          onChange={(view) => setFilter({ view: view as View })}
          data={(["mine", "unassigned", "all"] satisfies View[]).map((view) => ({ value: view, label: label(view) }))}
        />
      )}
      <ActiveFilters />
      {writing && (
        <Suspense fallback={null}>
          <NewConversation close={() => setWriting(false)} />
        </Suspense>
      )}
    </div>
  );
}

function title(
  filter: InboxFilter,
  t: ReturnType<typeof useTranslation>["t"],
  channels: ReturnType<typeof useChannels>,
): string {
  if (filter.channel.length === 1) return channels.get(filter.channel[0] ?? "")?.name ?? t("views.all");
  if (filter.state.join() === "resolved") return t("views.resolved");
  if (filter.state.join() === "snoozed") return t("views.snoozed");
  return t(`views.${filter.view}`);
}

const toggled = (values: readonly string[], value: string): string[] =>
  values.includes(value) ? values.filter((item) => item !== value) : [...values, value];

function FilterButton() {
  const { t } = useTranslation();
  const { filter, setFilter } = useInbox();
  const channels = useChannels();
  const teams = useTeams();
  const people = usePeople();
  const active = Object.keys(searchOf({ ...filter, view: DEFAULT_FILTER.view, sort: DEFAULT_FILTER.sort })).length;
  return (
    <Popover position="bottom-end" width={320} trapFocus>
      <Popover.Target>
        <IconButton label={t("filters.title")}>
          <Indicator disabled={active === 0} size={8} offset={1}>
            <IconFilter {...icon} />
          </Indicator>
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.filters}>
        <Choices
          label={t("filters.state")}
          values={filter.state}
          options={STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
          choose={(value) => setFilter({ state: toggled(filter.state, value) as InboxFilter["state"] })}
        />
        <Chip size="sm" checked={filter.waiting} onChange={() => setFilter({ waiting: !filter.waiting })}>
          {t("filters.waiting")}
        </Chip>
        <Chip size="sm" checked={filter.at_risk} onChange={() => setFilter({ at_risk: !filter.at_risk })}>
          {t("filters.atRisk")}
        </Chip>
        <Choices
          label={t("filters.channel")}
          values={filter.channel}
          options={[...channels.values()].map((channel) => ({ value: channel.id, label: channel.name }))}
          choose={(value) => setFilter({ channel: toggled(filter.channel, value) })}
        />
        <Choices
          label={t("filters.team")}
          values={filter.team}
          options={teams.map((team) => ({ value: team.id, label: team.name }))}
          choose={(value) => setFilter({ team: toggled(filter.team, value) })}
        />
        <Choices
          label={t("filters.assignee")}
          values={filter.assignee}
          options={[...people.values()]
            .filter((user) => user.active)
            .map((user) => ({ value: user.id, label: user.name }))}
          choose={(value) => setFilter({ assignee: toggled(filter.assignee, value) })}
        />
        {active > 0 && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => setFilter({ ...DEFAULT_FILTER, view: filter.view })}
          >
            {t("filters.clear")}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChoicesProps {
  label: string;
  values: readonly string[];
  options: readonly { value: string; label: string }[];
  choose: (value: string) => void;
}

function Choices({ label, values, options, choose }: ChoicesProps) {
  if (options.length === 0) return null;
  return (
    <fieldset className={classes.choices}>
      <legend>{label}</legend>
      <Group gap={6}>
        {options.map((option) => (
          <Chip
            key={option.value}
            size="sm"
            checked={values.includes(option.value)}
            onChange={() => choose(option.value)}
          >
            {option.label}
          </Chip>
        ))}
      </Group>
    </fieldset>
  );
}

/** The filters that are on, each with a way to take it off. */
function ActiveFilters() {
  const { t } = useTranslation();
  const { filter, setFilter } = useInbox();
  const channels = useChannels();
  const teams = useTeams();
  const people = usePeople();
  const on: { key: string; label: string; off: Partial<InboxFilter> }[] = [];
  if (filter.waiting) on.push({ key: "waiting", label: t("filters.waiting"), off: { waiting: false } });
  if (filter.at_risk) on.push({ key: "at_risk", label: t("filters.atRisk"), off: { at_risk: false } });
  if (filter.channel.length > 1)
    for (const id of filter.channel)
      on.push({
        key: id,
        label: channels.get(id)?.name ?? t("filters.channel"),
        off: { channel: toggled(filter.channel, id) },
      });
  for (const id of filter.team)
    on.push({
      key: id,
      label: teams.find((team) => team.id === id)?.name ?? t("filters.team"),
      off: { team: toggled(filter.team, id) },
    });
  for (const id of filter.assignee)
    on.push({
      key: id,
      label: people.get(id)?.name ?? t("filters.assignee"),
      off: { assignee: toggled(filter.assignee, id) },
    });
  for (const tag of filter.tag)
    on.push({ key: `tag ${tag}`, label: `#${tag}`, off: { tag: toggled(filter.tag, tag) } });
  if (on.length === 0) return null;
  return (
    <div className={classes.active}>
      {on.map((item) => (
        <button
          key={item.key}
          type="button"
          className={classes.activeFilter}
          onClick={() => setFilter(item.off)}
          aria-label={t("filters.remove", { name: item.label })}
        >
          <span>{item.label}</span>
          <IconX size={13} aria-hidden />
        </button>
      ))}
    </div>
  );
}
