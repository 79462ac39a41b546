/** A chart by ECharts: drawn in the colours of the screens, as large as its place, with its figures in words beside it. */
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { type Colours, coloursOf } from "./colours";
import classes from "./reports.module.css";

use([
  BarChart,
  LineChart,
  HeatmapChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapComponent,
  AriaComponent,
  CanvasRenderer,
]);

interface ChartProps {
  /** What it shows, in words: read aloud in its place. */
  label: string;
  height?: number;
  option: (colours: Colours) => EChartsCoreOption;
}

export default function Chart({ label, height = 220, option }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const darkMode = useComputedColorScheme() === "dark";
  useEffect(() => {
    if (place.current === null) return;
    const chart = init(place.current);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    chart.setOption({ darkMode, animation: !still, animationDuration: 150, ...option(coloursOf()) });
    const sized = new ResizeObserver(() => chart.resize());
    sized.observe(place.current);
    return () => {
      sized.disconnect();
      chart.dispose();
    };
  }, [option, darkMode]);
  return <div ref={place} className={classes.chart} style={{ height }} role="img" aria-label={label} />;
}
