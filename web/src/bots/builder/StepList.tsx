/** The steps as a list, in the order in which they are reached: the equal of the drawing for who cannot draw. */
import { IconFlag } from "@tabler/icons-react";
import { useTranslation } from "../../i18n";
import { Empty } from "../../ui/States";
import classes from "./builder.module.css";
import type { Found } from "./Canvas";
import { exitsOf, type Graph, type Step, stepOf, waysOf } from "./graph";
import { KindIcon } from "./KindIcon";
import { inOrder } from "./layout";
import { exitName, gist, kindName, stepName } from "./names";

interface StepListProps {
  graph: Graph;
  problems: readonly Found[];
  counts: ReadonlyMap<string, string>;
  chosen: string;
  choose: (id: string) => void;
}

export function StepList({ graph, problems, counts, chosen, choose }: StepListProps) {
  const { t, i18n } = useTranslation();
  if (graph.steps.length === 0) return <Empty title={t("bots.builder.empty")} text={t("bots.builder.emptyText")} />;
  return (
    <ol className={classes.rows}>
      {inOrder(graph).map((step) => {
        const name = stepName(t, step, i18n.language);
        const words = gist(t, step, i18n.language);
        return (
          <li key={step.id} data-chosen={step.id === chosen || undefined}>
            <button type="button" data-row={step.id} aria-expanded={step.id === chosen} onClick={() => choose(step.id)}>
              <span className={classes.head}>
                <KindIcon kind={step.kind} />
                {kindName(t, step.kind)}
                {step.id === graph.start && (
                  <span className={classes.first}>
                    <IconFlag size={12} aria-hidden /> {t("bots.builder.first")}
                  </span>
                )}
              </span>
              <strong>{name}</strong>
              {words !== "" && words !== name && <span className={classes.gist}>{words}</span>}
            </button>
            <Ways graph={graph} step={step} choose={choose} />
            {counts.has(step.id) && <small>{counts.get(step.id)}</small>}
            {problems
              .filter((one) => one.step === step.id)
              .map((one) => (
                <p key={`${one.field} ${one.words}`} className={classes.bad} data-level={one.level}>
                  {one.words}
                </p>
              ))}
          </li>
        );
      })}
    </ol>
  );
}

/** Where a step leads, as links to the rows. */
function Ways({ graph, step, choose }: { graph: Graph; step: Step; choose: (id: string) => void }) {
  const { t, i18n } = useTranslation();
  const exits = exitsOf(step);
  const { needed, may } = waysOf(step, graph.languages);
  const ways = [...needed, ...may].flatMap((way) => {
    const next = stepOf(graph, exits[way] ?? "");
    return next === undefined ? [] : [{ way, next }];
  });
  if (ways.length === 0) return null;
  return (
    <ul>
      {ways.map(({ way, next }) => (
        <li key={way}>
          {exitName(t, step, way, i18n.language)} →{" "}
          <button type="button" onClick={() => choose(next.id)}>
            {stepName(t, next, i18n.language)}
          </button>
        </li>
      ))}
    </ul>
  );
}
