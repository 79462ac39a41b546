/** One step as it is drawn: what it is, what it says, its exits, what is wrong with it, how many went through. */
import { IconAlertCircle, IconAlertTriangle, IconFlag } from "@tabler/icons-react";
import { Handle, type Node, type NodeProps, Position, useUpdateNodeInternals } from "@xyflow/react";
import { memo, useEffect } from "react";
import { useTranslation } from "../../i18n";
import classes from "./builder.module.css";
import { KindIcon } from "./KindIcon";
import { kindName } from "./names";

export type StepData = {
  kind: string;
  name: string;
  gist: string;
  first: boolean;
  exits: { id: string; name: string; loose: boolean }[];
  errors: string[];
  warnings: string[];
  counts: string;
};
export type DrawnStep = Node<StepData, "step">;

export const StepNode = memo(function StepNode({ id, data, selected }: NodeProps<DrawnStep>) {
  const { t } = useTranslation();
  const measure = useUpdateNodeInternals();
  const ways = data.exits.map((exit) => exit.id).join("\n");
  // Other exits in as many lines: the drawing does not notice by itself.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the exits are what has to be measured anew
  useEffect(() => measure(id), [id, ways, measure]);
  return (
    <div className={classes.node} data-selected={selected || undefined} data-bad={data.errors.length > 0 || undefined}>
      <Handle type="target" position={Position.Left} className={classes.target} />
      <div className={classes.head}>
        <KindIcon kind={data.kind} />
        <span>{kindName(t, data.kind)}</span>
        {data.first && (
          <span className={classes.first}>
            <IconFlag size={12} aria-hidden /> {t("bots.builder.first")}
          </span>
        )}
        <Mark words={data.errors} icon={<IconAlertCircle size={15} />} level="error" />
        <Mark words={data.warnings} icon={<IconAlertTriangle size={15} />} level="warning" />
      </div>
      <strong>{data.name}</strong>
      {data.gist !== "" && data.gist !== data.name && <p>{data.gist}</p>}
      {data.counts !== "" && <small>{data.counts}</small>}
      {data.exits.map((exit) => (
        <div key={exit.id} className={classes.exit} data-loose={exit.loose || undefined}>
          <span>{exit.name}</span>
          <Handle id={exit.id} type="source" position={Position.Right} className={classes.source} />
        </div>
      ))}
    </div>
  );
});

function Mark({ words, icon, level }: { words: string[]; icon: React.ReactNode; level: "error" | "warning" }) {
  if (words.length === 0) return null;
  return (
    <span className={classes.mark} data-level={level} title={words.join("\n")} role="img" aria-label={words.join(" ")}>
      {icon}
    </span>
  );
}
