// Runs before the first paint, so that the page never flashes in the wrong theme.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const wanted = root.dataset.theme || "auto";
    const now = wanted === "auto" ? (dark.matches ? "dark" : "light") : wanted;
    if (root.dataset.bsTheme !== now) {
      root.dataset.bsTheme = now;
      document.dispatchEvent(new CustomEvent("themechange"));
    }
  };
  root.classList.add("js");
  root.dataset.density = localStorage.getItem("density") || "normal";
  dark.addEventListener("change", apply);
  window.applyTheme = (wanted) => { root.dataset.theme = wanted; apply(); };
  apply();
})();
