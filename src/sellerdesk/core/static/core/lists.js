// Declared tables: selection, keyboard, live news, density.
(() => {
  const { $, $$, words, say } = window.desk;
  const region = (list) => $(".list-region", list);
  const boxes = (list) => $$(".c-check input[name=ids]", list);

  document.addEventListener("alpine:init", () => {
    Alpine.data("list", () => ({
      count: 0, narrow: false,
      init() {
        this.$root.addEventListener("list:changed", () => this.recount());
        this.$root.addEventListener("change", (event) => {
          if (event.target.matches("[data-check-all]")) boxes(this.$root).forEach((box) => { box.checked = event.target.checked; });
          if (event.target.matches("[name=ids],[data-check-all]")) this.recount();
        });
      },
      recount() {
        const all = boxes(this.$root), chosen = all.filter((box) => box.checked).length, head = $("[data-check-all]", this.$root);
        this.count = chosen;
        if (head) { head.checked = chosen > 0 && chosen === all.length; head.indeterminate = chosen > 0 && chosen < all.length; }
      },
      clear() { boxes(this.$root).forEach((box) => { box.checked = false; }); this.recount(); },
      toggleFilters() { this.narrow = !this.narrow; },
      get barClass() { return this.count > 0 ? "show" : ""; },
      get filtersClass() { return this.narrow ? "open" : ""; },
      get filtersExpanded() { return this.narrow ? "true" : "false"; },
    }));
  });

  // -- after a swap -----------------------------------------------------------------------------------------------
  document.addEventListener("htmx:after:swap", (event) => {
    const row = event.detail.ctx.target?.matches?.("tr") && event.detail.ctx.sourceElement;
    for (const list of $$("[data-list]")) {
      const part = region(list);
      $$("[data-next]", list).forEach((one) => { one.value = part.dataset.nextUrl; });
      $$("[data-view-query]", list).forEach((one) => { one.value = part.dataset.query; });
      list.dispatchEvent(new CustomEvent("list:changed"));
    }
    if (row && event.detail.ctx.response?.status === 200) {
      const fresh = document.getElementById(row.id)?.closest("tr");
      fresh?.classList.add("saved");
    }
  });

  // -- live lists ---------------------------------------------------------------------------------------------------
  const rowIds = (part) => new Set($$("tr[data-row]", part).map((row) => row.dataset.row));
  const occupied = (list) => boxes(list).some((box) => box.checked) || region(list).contains(document.activeElement) && document.activeElement.matches("input:not([type=checkbox])") || !!$(".dropdown-menu.show", list);
  document.addEventListener("poll:news", (event) => {
    const part = event.target;
    if (!part.matches("[data-poll-list]")) return;
    event.preventDefault();
    const list = part.closest("[data-list]"), { text } = event.detail;
    occupied(list) ? offer(list, text) : bring(list, text);
  });
  async function bring(list, text) {
    const before = rowIds(region(list)), focus = document.activeElement?.closest?.("tr")?.dataset.row;
    await htmx.swap({ text, target: region(list), swap: "outerMorph", sourceElement: region(list) });
    const part = region(list), fresh = $$("tr[data-row]", part).filter((row) => !before.has(row.dataset.row));
    $$("tr.is-new", part).forEach((row) => row.classList.remove("is-new"));
    fresh.forEach((row) => row.classList.add("is-new"));
    $(".list-pill", list)?.remove();
    if (fresh.length) {
      const cue = words().new.replace("{n}", fresh.length), box = $("[data-list-new]", part);
      if (box) { box.textContent = cue; box.hidden = false; setTimeout(() => { box.hidden = true; }, 6000); }
      say(cue);
    }
    if (focus) $(`tr[data-row="${CSS.escape(focus)}"] a`, part)?.focus({ preventScroll: true });
  }
  // Somebody selects or types: nothing moves under their hands, a button offers the news.
  function offer(list, text) {
    let pill = $(".list-pill", list);
    if (!pill) {
      pill = document.createElement("div");
      pill.className = "list-pill";
      const button = document.createElement("button");
      button.type = "button"; button.className = "btn btn-sm btn-primary"; button.textContent = words().show;
      pill.append(button);
      region(list).before(pill);
      say(words().show);
    }
    pill.firstChild.onclick = () => { pill.remove(); bring(list, text); };
    // The token in the address must move on, or the same news would come again each time.
    const holder = document.createElement("template");
    holder.innerHTML = text;
    const fresh = $(".list-region", holder.content)?.dataset.poll;
    if (fresh) region(list).dataset.poll = fresh;
  }

  // -- keyboard -----------------------------------------------------------------------------------------------------
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable],.ts-wrapper");
  // By place on the keyboard where the layout is not Latin, so that j is j for everybody.
  const letter = (event) => /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.startsWith("Key") ? event.code[3].toLowerCase() : event.key;
  const rowsOf = (list) => $$("tr[data-row]", list);
  function stand(list, row) {
    rowsOf(list).forEach((one) => one.classList.toggle("cursor", one === row));
    row.scrollIntoView({ block: "nearest" });
    ($(".c-primary a, .cell a, input[name=ids]", row))?.focus({ preventScroll: true });
  }
  function step(list, by) {
    const rows = rowsOf(list);
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.classList.contains("cursor"));
    stand(list, rows[Math.max(0, Math.min(rows.length - 1, at + by))] || rows[0]);
  }
  // An act by key loads the page anew; the hands go on where they were.
  const KEPT = "list-cursor";
  function keep(list, row) {
    sessionStorage.setItem(KEPT, JSON.stringify({ list: list.id, at: rowsOf(list).indexOf(row) }));
  }
  function resume() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null"), list = kept && document.getElementById(kept.list);
    sessionStorage.removeItem(KEPT);
    const rows = list ? rowsOf(list) : [];
    if (rows.length && kept.at >= 0) stand(list, rows[Math.min(kept.at, rows.length - 1)]);
  }
  // One key, one act: for the selected rows where some are, else for the row where the keyboard stands.
  function actBy(list, key, row) {
    const chosen = boxes(list).some((box) => box.checked);
    const act = chosen ? $(`[data-bulk-key="${CSS.escape(key)}"]`, list) : row && $(`[data-key="${CSS.escape(key)}"]`, row);
    if (!act) return false;
    if (row) keep(list, row);
    act.click();
    return true;
  }
  function showShortcuts() {
    const dialog = $("#shortcuts"), known = $(".shortcuts", dialog), acts = new Map();
    $$("[data-key]").forEach((one) => acts.set(one.dataset.key, one.dataset.keyLabel));
    $$("[data-bulk-key]").forEach((one) => acts.set(one.dataset.bulkKey, one.textContent.trim()));
    $$("[data-of-page]", known).forEach((one) => one.remove());
    for (const [key, label] of [...acts].sort()) {
      const line = document.createElement("div"), dt = document.createElement("dt"), dd = document.createElement("dd"), kbd = document.createElement("kbd");
      line.dataset.ofPage = ""; kbd.textContent = key; dd.textContent = label; dt.append(kbd); line.append(dt, dd);
      known.append(line);
    }
    dialog.showModal();
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open],.offcanvas.show")) return;
    const list = event.target.closest?.("[data-list]") || $("[data-list]");
    if (event.key === "?" && !typing(event.target)) { showShortcuts(); return; }
    if (!list) return;
    if (typing(event.target)) { if (event.key === "Escape") event.target.blur(); return; }
    const row = $("tr.cursor", list), key = letter(event);
    if (event.key === "/") { const search = $("[data-search]", list); if (search) { event.preventDefault(); search.focus(); search.select(); } }
    else if (key === "j") step(list, 1);
    else if (key === "k") step(list, -1);
    else if (key === "x" && row) $("input[name=ids]", row)?.click();
    else if (event.key === "]" || event.key === "[") $(`.pager a[rel=${event.key === "]" ? "next" : "prev"}]`, list)?.click();
    else if (event.key === "Enter" && row && !event.target.closest("a,button,summary")) {
      const href = row.dataset.href || $(".c-primary a", row)?.href;
      // The cursor stands on the row's box, and Enter in a box would send the form around the list.
      if (href) { event.preventDefault(); location.href = href; }
    }
    else if (event.key === "Escape") { boxes(list).forEach((box) => { box.checked = false; }); list.dispatchEvent(new CustomEvent("list:changed")); }
    else if (!event.repeat && /^[a-z]$/.test(key) && actBy(list, key, row)) event.preventDefault();
  });

  // -- density ------------------------------------------------------------------------------------------------------
  document.addEventListener("change", (event) => {
    if (!event.target.closest("[data-density] input")) return;
    document.documentElement.dataset.density = event.target.value;
    localStorage.setItem("density", event.target.value);
  });
  document.addEventListener("DOMContentLoaded", () => {
    $$("fieldset[data-density] input").forEach((one) => { one.checked = one.value === document.documentElement.dataset.density; });
    $$("[data-list]").forEach((list) => list.dispatchEvent(new CustomEvent("list:changed")));
    resume();
  });
})();
