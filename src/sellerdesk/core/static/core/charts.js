// Draws [data-chart] with ECharts from the JSON beside it, in the colours of the theme. Bars lead to their rows.
(() => {
  const drawn = new Map();
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const TONES = { good: "--chart-3", success: "--chart-3", warning: "--chart-2", danger: "--chart-5", edge: "--ink-2" };
  const shorter = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 1 });

  // A card may grow after its chart is drawn: when a neighbour fills, when a font comes, when the window turns.
  let waiting;
  const sized = new ResizeObserver(() => { clearTimeout(waiting); waiting = setTimeout(() => drawn.forEach((chart, element) => element.isConnected && chart.resize()), 120); });

  function draw(element) {
    const spec = JSON.parse(document.getElementById(element.dataset.chart).textContent);
    drawn.get(element)?.dispose();
    sized.observe(element);
    const chart = echarts.init(element, null, { renderer: "svg" });
    drawn.set(element, chart);
    const ink = colour("--ink-2"), line = colour("--line"), two = spec.series.some((one) => one.axis === 1);
    const axis = (at) => ({ type: "value", splitNumber: 4, min: (range) => Math.min(0, range.min), splitLine: { show: at === 0, lineStyle: { color: line } }, axisLabel: { color: ink, formatter: (value) => shorter.format(value) } });
    chart.setOption({
      animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 4, right: 4, top: spec.series.length > 1 ? 34 : 12, bottom: 2, containLabel: true },
      legend: { show: spec.series.length > 1, top: 0, right: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: ink }, icon: "roundRect" },
      tooltip: {
        trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow", shadowStyle: { color: "rgba(120,140,180,.12)" } },
        backgroundColor: colour("--surface"), borderColor: line, textStyle: { color: colour("--ink"), fontSize: 13 },
        formatter: (points) => [spec.categories[points[0].dataIndex], ...points.filter((point) => spec.series[point.seriesIndex].texts[point.dataIndex] !== "").map((point) => {
          const series = spec.series[point.seriesIndex];
          return `${series.name}: ${series.texts[point.dataIndex] ?? point.value ?? "—"}`;
        })].join("\n"),
      },
      xAxis: { type: "category", data: spec.categories, axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisLabel: { color: ink, hideOverlap: true } },
      yAxis: two ? [axis(0), axis(1)] : axis(0),
      series: spec.series.map((one, at) => {
        const tint = colour(TONES[one.tone] || `--chart-${at + 1}`);
        return {
          name: one.name, type: one.kind, data: one.values, yAxisIndex: two ? one.axis : 0, stack: one.stack || undefined, barMaxWidth: 34,
          smooth: one.kind === "line" ? 0.25 : undefined, showSymbol: one.tone === "edge" && spec.categories.length < 60, symbolSize: 5, lineStyle: one.tone === "edge" ? { width: 1.5, type: "dashed", color: tint } : { width: 2, color: tint },
          itemStyle: { color: tint, borderRadius: one.kind === "bar" ? [3, 3, 0, 0] : 0 }, cursor: spec.hrefs.length ? "pointer" : "default",
          areaStyle: one.kind === "area" ? { color: tint, opacity: 0.15 } : undefined,
        };
      }),
    });
    chart.getZr().on("click", (event) => {
      if (!spec.hrefs.length || !chart.containPixel("grid", [event.offsetX, event.offsetY])) return;
      const at = chart.convertFromPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY])[0];
      if (spec.hrefs[at]) location.href = spec.hrefs[at];
    });
  }
  function all() { document.querySelectorAll("[data-chart]").forEach(draw); }
  document.addEventListener("DOMContentLoaded", () => requestAnimationFrame(all));
  document.addEventListener("themechange", all);
  document.addEventListener("htmx:after:swap", () => document.querySelectorAll("[data-chart]").forEach((one) => { if (!drawn.has(one)) draw(one); }));
})();
