// The glue of every page: htmx and CSRF, toasts, confirmation, theme, forms, polling, clock.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = () => $("#words").dataset;
  const say = (text) => { const box = $("#announcer"); box.textContent = ""; setTimeout(() => { box.textContent = text; }, 50); };
  const csrf = () => $('meta[name="csrf-token"]').content;
  const sprite = () => ($("svg use[href*='icons.svg']")?.getAttribute("href") || "").split("#")[0];
  const iconNode = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon"); svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${sprite()}#${name}`); svg.append(use);
    return svg;
  };

  // -- toasts ---------------------------------------------------------------------------------------------------
  const ICONS = { success: "circle-check", info: "info-circle", warning: "alert-triangle", danger: "alert-circle" };
  const STAYS_MS = 6000;
  function toast(level, text) {
    level = level === "error" ? "danger" : ICONS[level] ? level : "info";
    const card = $("#toast-template").content.firstElementChild.cloneNode(true);
    card.classList.add(`toast-${level}`);
    $(".toast-icon", card).append(iconNode(ICONS[level]));
    $(".toast-text", card).textContent = text;
    $(".btn-close", card).addEventListener("click", () => card.remove());
    $(level === "danger" ? "#toasts-assertive" : "#toasts-polite").append(card);
    if (level !== "danger") {
      let timer = setTimeout(() => card.remove(), STAYS_MS);
      card.addEventListener("mouseenter", () => clearTimeout(timer));
      card.addEventListener("mouseleave", () => { timer = setTimeout(() => card.remove(), STAYS_MS / 2); });
    }
  }
  document.addEventListener("toast", (event) => {
    const given = event.detail?.value ?? event.detail;
    const list = Array.isArray(given) ? given : Object.values(given).filter((one) => one?.text).length ? Object.values(given) : [given];
    list.filter((one) => one?.text).forEach((one) => toast(one.level, one.text));
  });

  // -- menu: which groups are open is kept for the next page, which comes folded as it was left -------------------
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("details[data-nav] > summary")) return;
    setTimeout(() => {
      const open = $$("details[data-nav][open]").map((one) => one.dataset.nav).join(".");
      document.cookie = `nav=${open}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
    });
  });

  // -- confirmation ---------------------------------------------------------------------------------------------
  function ask(text, source) {
    const dialog = $("#confirm"), ok = $("#confirm-ok"), title = $("#confirm-title");
    const told = source?.dataset || {};
    title.textContent = told.confirmTitle || title.dataset.default;
    ok.textContent = told.confirmOk || ok.dataset.default;
    $("#confirm-text").textContent = text;
    const danger = told.confirmTone === "danger";
    dialog.classList.toggle("danger", danger);
    ok.className = danger ? "btn btn-danger" : "btn btn-primary";
    return new Promise((resolve) => {
      dialog.returnValue = "cancel";
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok"), { once: true });
      dialog.showModal();
      (danger ? $("#confirm-cancel") : ok).focus();
    });
  }
  document.addEventListener("htmx:confirm", (event) => {
    const { ctx, issueRequest, dropRequest } = event.detail;
    if (!ctx.confirm) return;
    event.preventDefault();
    ask(ctx.confirm, ctx.sourceElement).then((yes) => (yes ? issueRequest() : dropRequest()));
  });
  const agreed = new WeakSet();
  document.addEventListener("click", (event) => {
    const source = event.target.closest("a[data-confirm],button[data-confirm]");
    if (!source || agreed.has(source) || source.hasAttribute("hx-post")) { agreed.delete(source); return; }
    event.preventDefault(); event.stopPropagation();
    ask(source.dataset.confirm, source).then((yes) => { if (yes) { agreed.add(source); source.click(); } });
  }, true);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-confirm]") && !agreed.has(form)) {
      event.preventDefault(); event.stopPropagation();
      ask(form.dataset.confirm, form).then((yes) => { if (yes) { agreed.add(form); form.requestSubmit(event.submitter || undefined); } });
      return;
    }
    agreed.delete(form);
    // The pressed button shows it works and cannot be pressed twice; its value is sent all the same.
    if (event.defaultPrevented || form.method !== "post" || form.closest("dialog")) return;
    const pressed = event.submitter;
    // What opens in a tab of its own or is saved as a file leaves this page as it is, so there is nothing to wait for.
    if (pressed?.formTarget === "_blank" || form.target === "_blank" || form.hasAttribute("data-download")) return;
    setTimeout(() => {
      if (event.defaultPrevented) return;
      pressed?.classList.add("is-busy"); pressed?.setAttribute("aria-disabled", "true");
    });
  }, true);
  addEventListener("pageshow", () => $$(".is-busy").forEach((one) => { one.classList.remove("is-busy"); one.removeAttribute("aria-disabled"); }));

  // -- htmx -----------------------------------------------------------------------------------------------------
  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail, { request, sourceElement } = ctx;
    if (request.method !== "GET") request.headers["X-CSRFToken"] = csrf();
    if (sourceElement.matches?.("[data-list-form]")) tidy(sourceElement, request.body);
  });
  // Addresses stay short: no empty parameters, columns in one, and none at all while they are the default.
  function tidy(form, body) {
    const columns = body.getAll("cols");
    body.delete("cols");
    const chosen = columns.join(",");
    if (chosen && chosen !== form.dataset.defaultCols) body.set("cols", chosen);
    if (body.get("size") === form.dataset.defaultSize) body.delete("size");
    for (const key of new Set([...body.keys()])) {
      const kept = body.getAll(key).filter((value) => value !== "");
      body.delete(key);
      kept.forEach((value) => body.append(key, value));
    }
    if (![...body.keys()].length) body.set("view", "all");
  }
  document.addEventListener("htmx:error", (event) => {
    if (event.detail?.error?.name !== "AbortError") toast("danger", words().network);
  });
  document.addEventListener("htmx:response:error", (event) => {
    const response = event.detail.ctx.response;
    if (response.status >= 500 && !response.headers.get("HX-Trigger")) toast("danger", words().failed);
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    // A page of the sign-in flow must not land inside a table.
    if (ctx.response?.raw?.redirected && ctx.response.raw.url.includes("/login")) { event.preventDefault(); location.reload(); }
    if (ctx.response && ctx.response.status >= 500) event.preventDefault();
  });

  // -- theme ----------------------------------------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-theme-form]");
    if (!form) return;
    event.preventDefault();
    const theme = event.submitter.value;
    window.applyTheme(theme);
    $$("button[name=theme]", form).forEach((one) => one.setAttribute("aria-pressed", String(one.value === theme)));
    fetch(form.action, { method: "POST", headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch" }, body: new URLSearchParams({ theme }) });
  });

  // -- polling: data-poll, data-poll-seconds; pauses in hidden tabs -----------------------------------------------
  const next = new WeakMap();
  const busy = new WeakSet();
  // The server's word that nothing has happened, given back so that it need not look again.
  const pulse = new WeakMap();
  async function poll(element) {
    busy.add(element);
    const seconds = parseFloat(element.dataset.pollSeconds) || 1;
    try {
      const answer = await fetch(element.dataset.poll, {
        headers: { "X-Poll": "1", "HX-Request": "true", "HX-Target": `${element.tagName.toLowerCase()}#${element.id}`, Accept: "text/html", ...(pulse.has(element) ? { "X-Pulse": pulse.get(element) } : {}) },
        redirect: "manual",
      });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        element.removeAttribute("data-poll"); toast("warning", words().expired); return;
      }
      if (answer.ok && answer.status !== 204 && element.isConnected) {
        const text = await answer.text();
        const news = new CustomEvent("poll:news", { bubbles: true, cancelable: true, detail: { text } });
        if (element.dispatchEvent(news)) await htmx.swap({ text, target: element, swap: "outerHTML", sourceElement: element });
        const trigger = answer.headers.get("HX-Trigger");
        if (trigger) for (const [name, detail] of Object.entries(JSON.parse(trigger))) document.dispatchEvent(new CustomEvent(name, { detail }));
      }
      const seal = answer.headers.get("X-Pulse");
      seal ? pulse.set(element, seal) : pulse.delete(element);
      next.set(element, Date.now() + (answer.ok ? seconds : 10) * 1000);
    } catch { next.set(element, Date.now() + 10000); } finally { busy.delete(element); }
  }
  setInterval(() => {
    if (document.hidden) return;
    for (const element of $$("[data-poll]")) {
      if (busy.has(element)) continue;
      if (!next.has(element)) next.set(element, Date.now() + (parseFloat(element.dataset.pollSeconds) || 1) * 1000);
      else if (Date.now() >= next.get(element)) poll(element);
    }
  }, 250);

  // -- the marketplace clock and what counts down by it ---------------------------------------------------------
  function marketNow() {
    const chip = $("[data-clock]");
    if (!chip) return Date.now();
    const start = (chip._start ??= { market: Date.parse(chip.getAttribute("datetime")), real: Date.now(), offset: undefined });
    return start.market + (Date.now() - start.real) * Number(chip.dataset.speed);
  }
  function left(milliseconds) {
    const w = words(), minutes = Math.floor(Math.abs(milliseconds) / 60000);
    const d = Math.floor(minutes / 1440), h = Math.floor(minutes / 60) % 24, m = minutes % 60;
    const put = (text, n) => text.replace("{n}", n);
    const text = d >= 3 || (d && !h) ? put(w.day, d) : d ? `${put(w.day, d)} ${put(w.hour, h)}` : h ? (m ? `${put(w.hour, h)} ${put(w.minute, m)}` : put(w.hour, h)) : put(w.minute, m);
    return milliseconds < 0 ? w.late.replace("{time}", text) : text;
  }
  setInterval(() => {
    if (document.hidden) return;
    const now = marketNow(), chip = $("[data-clock]");
    if (chip && Number(chip.dataset.speed)) {
      const zone = document.documentElement.dataset.timeZone || undefined;
      chip.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(now);
    }
    for (const one of $$("[data-countdown]")) {
      const rest = Date.parse(one.dataset.countdown) - now, text = left(rest);
      if (one.textContent !== text) one.textContent = text;
      if (one.closest("td,.due")) {
        one.classList.toggle("tone-text-danger", rest < 0);
        one.classList.toggle("tone-text-warning", rest >= 0 && rest < 4 * 3600000);
      }
    }
  }, 1000);

  // -- rows of tabs that are wider than the screen: the current one in sight, an edge that fades where there is more --
  function edges(row) {
    const at = Math.abs(row.scrollLeft), most = row.scrollWidth - row.clientWidth;
    row.classList.toggle("more-before", at > 1);
    row.classList.toggle("more-after", at < most - 1);
  }
  function tabs() {
    for (const row of $$(".tabs")) {
      const current = $("[aria-current]", row);
      if (current && !row.contains(document.activeElement)) {
        const outer = row.getBoundingClientRect(), inner = current.getBoundingClientRect();
        row.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
      }
      edges(row);
    }
  }
  tabs();
  document.fonts?.ready.then(tabs);
  addEventListener("resize", tabs);
  document.addEventListener("htmx:after:swap", tabs);
  document.addEventListener("scroll", (event) => event.target.classList?.contains("tabs") && edges(event.target), true);

  // -- small attributes -----------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const done = () => { toast("success", words().copied); };
      navigator.clipboard ? navigator.clipboard.writeText(copy.dataset.copy).then(done) : copyOld(copy.dataset.copy, done);
    }
    const reveal = event.target.closest("[data-reveal]");
    if (reveal) reveal.setAttribute("aria-pressed", String(reveal.closest(".copy").classList.toggle("shown")));
    event.target.closest("[data-dismiss]")?.closest(".alert")?.remove();
    const dialog = event.target.closest("[data-dialog]");
    if (dialog) document.getElementById(dialog.dataset.dialog)?.showModal();
    if (event.target.closest("[data-back]")) history.back();
    const drawer = event.target.closest("a[data-drawer]");
    if (drawer && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); openDrawer(drawer); }
    // Panels close when one presses elsewhere.
    for (const pop of $$("details[data-pop][open]")) if (!pop.contains(event.target)) pop.open = false;
  });
  function copyOld(text, done) {
    const area = document.createElement("textarea");
    area.value = text; area.className = "visually-hidden"; document.body.append(area); area.select();
    if (document.execCommand("copy")) done();
    area.remove();
  }
  function openDrawer(link) {
    $("#drawer-title").textContent = link.dataset.drawerTitle || link.getAttribute("aria-label") || link.textContent.trim();
    $("#drawer-body").replaceChildren();
    window.tabler.Offcanvas.getOrCreateInstance("#drawer").show();
    // Without a source htmx would name the body as target, and views decide by this header what to render.
    htmx.ajax("GET", link.href, { target: "#drawer-body", swap: "innerHTML", headers: { "HX-Target": "div#drawer-body" } });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const pop of $$("details[data-pop][open]")) { pop.open = false; $("summary", pop).focus(); event.stopPropagation(); }
  }, true);
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });

  function start() {
    $$("#toasts-waiting li").forEach((one) => toast(one.dataset.level, one.textContent.trim()));
    $("#toasts-waiting")?.remove();
    $("[data-focus]")?.focus();
    const back = $("[data-back]");
    if (back && history.length > 1) back.hidden = false;
    $$('[data-bs-toggle="tooltip"]').forEach((one) => window.tabler.Tooltip.getOrCreateInstance(one));
  }
  window.desk = { $, $$, words, say, toast, ask, csrf, iconNode, marketNow };
  document.addEventListener("DOMContentLoaded", start);
})();
