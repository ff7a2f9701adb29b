/* An open page and its session: warns before it ends, leaves soon after it has ended, and keeps what was typed. */
(() => {
  "use strict";
  const root = document.getElementById("session");
  if (!root) return;
  const told = root.dataset;
  const dialog = document.getElementById("session-warning");
  const clock = dialog.querySelector("[data-session-left]");
  const stayButton = dialog.querySelector("[data-session-stay]");
  const LOOK_MS = 4000, WARN_SECONDS = 120, STAY_MS = 60_000;
  let endsAt = Infinity, longest = false, leaving = false, putAside = 0;
  let lastUse = 0, lastStay = Date.now();

  // -- what was typed -------------------------------------------------------------------------------------------
  const place = () => `kept:${location.pathname}`;
  const fields = (form) => [...form.elements].filter((one) => one.name && one.name !== "csrfmiddlewaretoken"
    && !["password", "file", "submit", "button", "hidden"].includes(one.type) && one.tagName !== "BUTTON" && one.autocomplete !== "one-time-code");
  const changed = (one) => (one.type === "checkbox" || one.type === "radio" ? one.checked !== one.defaultChecked
    : one.tagName === "SELECT" ? [...one.options].some((option) => option.selected !== option.defaultSelected)
      : one.value !== one.defaultValue);
  const forms = () => [...document.querySelectorAll("main form")].filter((form) => form.method === "post");
  const valueOf = (one) => (one.type === "checkbox" || one.type === "radio" ? one.checked
    : one.tagName === "SELECT" ? [...one.options].map((option) => option.selected) : one.value);

  function keep() {
    const kept = forms().map((form, at) => [at, form.action, fields(form).some(changed) ? fields(form).map((one) => [one.name, valueOf(one)]) : []])
      .filter(([, , values]) => values.length);
    try {
      if (kept.length) sessionStorage.setItem(place(), JSON.stringify({ person: told.person, kept }));
    } catch { /* A full or forbidden storage keeps nothing. */ }
  }

  function giveBack() {
    let found;
    try {
      found = JSON.parse(sessionStorage.getItem(place()) || "null");
      sessionStorage.removeItem(place());
    } catch { return; }
    // Somebody else has signed in on this tab: nothing of the one before is shown to them.
    if (!found || found.person !== told.person) return;
    let count = 0;
    for (const [at, action, values] of found.kept) {
      const form = forms()[at];
      if (!form || form.action !== action) continue;
      fields(form).forEach((one, index) => {
        if (values[index]?.[0] !== one.name) return;
        const value = values[index][1];
        if (one.type === "checkbox" || one.type === "radio") one.checked = value;
        else if (one.tagName === "SELECT") [...one.options].forEach((option, nth) => { option.selected = value[nth] ?? option.selected; });
        else one.value = value;
        one.dispatchEvent(new Event("input", { bubbles: true }));
        one.dispatchEvent(new Event("change", { bubbles: true }));
        count += 1;
      });
    }
    if (count) document.dispatchEvent(new CustomEvent("toast", { detail: { level: "info", text: told.kept } }));
  }

  // -- the session ----------------------------------------------------------------------------------------------
  const csrf = () => document.querySelector('meta[name="csrf-token"]').content;
  const ask = (stay) => fetch(stay ? told.stay : told.state, { method: stay ? "POST" : "GET", cache: "no-store", redirect: "manual",
    headers: stay ? { "X-CSRFToken": csrf() } : {} });

  function leave() {
    if (leaving) return;
    leaving = true;
    keep();
    dialog.close();
    document.querySelector("main").inert = true;
    location.assign(`${told.login}?next=${encodeURIComponent(location.pathname + location.search)}`);
  }

  async function look(stay = false, again = false) {
    if (leaving) return;
    let answer;
    try { answer = await ask(stay); } catch { return; }
    if (answer.status === 401 || (stay && answer.status === 403)) {
      // A token may just have been renewed by another tab; the browser has the new one a moment later.
      if (again) leave(); else setTimeout(() => look(false, true), 700);
      return;
    }
    if (!answer.ok) return;
    const left = await answer.json();
    endsAt = Date.now() + left.seconds * 1000;
    longest = left.longest;
    if (stay) lastStay = Date.now();
    show();
  }

  function show() {
    const seconds = Math.round((endsAt - Date.now()) / 1000);
    if (seconds > WARN_SECONDS) { if (dialog.open) dialog.close(); putAside = 0; return; }
    if (seconds <= 0) { look(); return; }
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    dialog.querySelector("[data-session-idle]").hidden = longest;
    dialog.querySelector("[data-session-longest]").hidden = !longest;
    stayButton.hidden = longest;
    if (!dialog.open && putAside !== endsAt && !document.querySelector("dialog[open]")) dialog.showModal();
  }

  stayButton.addEventListener("click", () => look(true));
  dialog.querySelector("[data-session-later]").addEventListener("click", () => { putAside = endsAt; dialog.close(); });
  dialog.addEventListener("cancel", () => { putAside = endsAt; });
  // Typing and clicking is using the page, although the server hears nothing of it.
  for (const kind of ["keydown", "pointerdown", "wheel"]) addEventListener(kind, () => { lastUse = Date.now(); }, { passive: true, capture: true });
  setInterval(() => look(!dialog.open && lastUse > lastStay && Date.now() - lastStay > STAY_MS), LOOK_MS);
  setInterval(() => { if (endsAt - Date.now() <= WARN_SECONDS * 1000) show(); }, 1000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  // A page out of the browser's memory may be older than the session.
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  giveBack();
})();
