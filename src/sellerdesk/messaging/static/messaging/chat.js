// A conversation: stays at its end, sends by Ctrl+Enter, fills in templates, empties the form once it is sent.
(() => {
  const scroll = () => document.querySelector("[data-chat-scroll]");
  const toEnd = () => { const box = scroll(); if (box) box.scrollTop = box.scrollHeight; };
  const nearEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  let kept = null;
  addEventListener("load", toEnd);
  toEnd();
  // News replaces the list: whoever reads further up stays where they are.
  document.addEventListener("poll:news", (event) => {
    const box = event.target.id === "chat-live" && scroll();
    kept = box && !nearEnd(box) ? box.scrollHeight - box.scrollTop : null;
  });
  const live = document.querySelector(".chat-card");
  if (live) new MutationObserver((changes) => {
    if (!changes.some((one) => [...one.addedNodes].some((node) => node.id === "chat-live"))) return;
    const box = scroll();
    if (box) box.scrollTop = kept === null ? box.scrollHeight : box.scrollHeight - kept;
    kept = null;
  }).observe(live, { childList: true });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("[data-chat-form]");
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  });
  document.addEventListener("change", (event) => {
    const chosen = event.target;
    if (chosen.matches("[data-chat-templates]") && chosen.value) {
      const text = chosen.form.querySelector("textarea");
      text.value = text.value.trim() ? `${text.value.trimEnd()}\n${chosen.value}` : chosen.value;
      chosen.value = "";
      text.focus();
    }
    if (chosen.matches(".chat-attach input")) {
      const label = chosen.parentElement.querySelector("[data-chat-file]");
      label.dataset.empty ||= label.textContent;
      label.textContent = chosen.files[0]?.name || label.dataset.empty;
    }
  });
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail, form = ctx?.sourceElement;
    if (!form?.matches?.(".chat-compose")) return;
    form.querySelectorAll(".is-busy").forEach((one) => { one.classList.remove("is-busy"); one.removeAttribute("aria-disabled"); });
    if (!ctx.response?.raw?.ok) return;
    form.reset();
    form.querySelector("[data-chat-file]").textContent = form.querySelector("[data-chat-file]").dataset.empty || form.querySelector("[data-chat-file]").textContent;
    form.querySelector("textarea").focus();
  });
})();
