/* Deciding by keyboard: each control says its key in data-key. Russian and Chinese layouts press the same places. */
(() => {
  "use strict";
  const PLACES = { KeyA: "a", KeyD: "d", KeyR: "r", KeyS: "s", KeyT: "t", KeyJ: "j", KeyK: "k" };
  const typing = (node) => node.closest?.("input:not([type=checkbox]),textarea,select,[contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open],.offcanvas.show")) return;
    const key = PLACES[event.code];
    if (key === "k") { history.back(); return; }
    const control = key && document.querySelector(`[data-key="${key}"]`);
    if (!control) return;
    event.preventDefault();
    const fold = control.closest("details");
    if (fold && !fold.open) fold.open = true;
    else control.click();
    if (control.tagName === "SUMMARY") fold.querySelector("input")?.focus();
  });
})();
