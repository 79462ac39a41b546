/** A chart by ECharts: drawn in the colours of the screens, as large as its place, with its figures in words beside it. */
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { type Colours, coloursOf } from "./colours";
import { usePaper } from "./paper";
import classes from "./reports.module.css";

use([
  BarChart,
  LineChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  AriaComponent,
  LabelLayout,
  CanvasRenderer,
]);

interface ChartProps {
  /** What it shows, in words: read aloud in its place. */
  label: string;
  height?: number;
  option: (colours: Colours) => EChartsCoreOption;
  /** A point was clicked: its place on the axis, and of which series. The same can be reached without a mouse beside it. */
  pick?: (place: number, series: number) => void;
}

export default function Chart({ label, height = 220, option, pick }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const picked = useRef(pick);
  useEffect(() => {
    picked.current = pick;
  });
  const printed = usePaper();
  const darkMode = useComputedColorScheme() === "dark" && !printed;
  useEffect(() => {
    if (place.current === null) return;
    const chart = init(place.current);
    const still = printed || matchMedia("(prefers-reduced-motion: reduce)").matches;
    chart.setOption({ darkMode, animation: !still, animationDuration: 150, ...option(coloursOf()) });
    let series = 0;
    chart.on("click", ({ seriesIndex }) => {
      series = seriesIndex ?? 0;
    });
    // Anywhere in a point's column will do: a bar of 3 messages is too low to be hit.
    const pointed = (at: { offsetX: number; offsetY: number }) => {
      const pixel = [at.offsetX, at.offsetY];
      return chart.containPixel("grid", pixel) ? chart.convertFromPixel({ seriesIndex: 0 }, pixel)[0] : undefined;
    };
    chart.getZr().on("mousemove", (event) => {
      if (picked.current !== undefined && pointed(event) !== undefined) chart.getZr().setCursorStyle("pointer");
    });
    chart.getZr().on("click", (event) => {
      const column = pointed(event);
      if (column !== undefined) picked.current?.(column, series);
      series = 0;
    });
    const sized = new ResizeObserver(() => chart.resize());
    sized.observe(place.current);
    return () => {
      sized.disconnect();
      chart.dispose();
    };
  }, [option, darkMode, printed]);
  return <div ref={place} className={classes.chart} style={{ height }} role="img" aria-label={label} />;
}
