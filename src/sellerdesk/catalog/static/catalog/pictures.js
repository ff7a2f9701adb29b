// The editor's pictures: sent one by one with their progress, put in order by hand or by key, watched while fetched.
(() => {
  const { $, $$, say } = window.desk;
  const list = document.getElementById("pictures");
  if (!list) return;
  const form = list.closest("form"), tiles = () => [...list.children], fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const gone = $("[data-pictures-gone]"), crop = $("[data-picture-crop]"), key = (tile) => tile.querySelector("[name=images]").value.split("\t")[0];
  const first = tiles().map(key), fixed = list.parentElement.classList.contains("pictures-fixed"); // whose role may not touch pictures

  // -- the order, and what it means ---------------------------------------------------------------------------------
  function number() {
    const all = tiles();
    all.forEach((tile, at) => tile.setAttribute("aria-label", fill(list.dataset.name, { n: at + 1, all: all.length })));
    const main = all.find((tile) => !tile.classList.contains("picture-swatch")), face = main?.querySelector("img");
    all.forEach((tile) => tile.classList.toggle("picture-first", tile === main));
    crop.hidden = !face;
    if (face) $("img", crop).src = face.src;
    const kept = new Set(all.map(key)), lost = first.filter((one) => !kept.has(one)).length;
    gone.hidden = !lost;
    gone.textContent = fill(gone.dataset.picturesGone, { n: lost });
  }
  function changed() { number(); form.dispatchEvent(new CustomEvent("sorted", { bubbles: true })); }
  function move(tile, before) {
    list.insertBefore(tile, before);
    changed();
    say(fill(list.dataset.moved, { n: tiles().indexOf(tile) + 1, all: list.children.length }));
  }
  function remove(tile) {
    const near = tile.nextElementSibling || tile.previousElementSibling;
    tile.remove();
    (near || document.getElementById("new_images")).focus();
    changed();
    say(list.dataset.removed);
  }
  function swatch(tile, on) {
    tile.classList.toggle("picture-swatch", on);
    $("[data-picture=swatch]", tile).setAttribute("aria-pressed", on);
    pack(tile);
  }
  function pack(tile) {
    const field = tile.querySelector("[name=images]"), alt = $(".picture-alt", tile).value.replace(/\s+/g, " ").trim();
    const said = [key(tile), alt, tile.classList.contains("picture-swatch") ? "color" : ""];
    while (said.length > 1 && !said[said.length - 1]) said.pop();
    field.value = said.join("\t");
    const face = $("img", tile);
    if (face) face.alt = alt;
  }
  const ACTS = {
    first: (tile) => move(tile, list.firstElementChild),
    left: (tile) => tile.previousElementSibling && move(tile, tile.previousElementSibling),
    right: (tile) => tile.nextElementSibling && move(tile, tile.nextElementSibling.nextElementSibling),
    remove,
    swatch: (tile) => {
      const on = !tile.classList.contains("picture-swatch");
      tiles().forEach((one) => { if (one.classList.contains("picture-swatch")) swatch(one, false); });
      swatch(tile, on);
      changed();
    },
  };
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picture]");
    if (!button) return;
    const tile = button.closest(".picture-tile");
    ACTS[button.dataset.picture](tile);
    if (button.dataset.picture !== "remove") button.focus();
  });
  list.addEventListener("keydown", (event) => {
    const tile = event.target;
    if (fixed || !tile.classList?.contains("picture-tile") || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = { ArrowLeft: "left", ArrowUp: "left", ArrowRight: "right", ArrowDown: "right", Home: "first", Delete: "remove" }[event.key];
    if (!act) return;
    event.preventDefault();
    ACTS[act](tile);
    if (act !== "remove") tile.focus();
  });
  list.addEventListener("change", (event) => { if (event.target.matches(".picture-alt")) { pack(event.target.closest(".picture-tile")); changed(); } });
  list.addEventListener("keypress", (event) => { if (event.key === "Enter" && event.target.matches(".picture-alt")) { event.preventDefault(); event.target.blur(); } });
  if (!fixed) Sortable.create(list, { animation: 150, draggable: ".picture-tile", filter: "button,input", preventOnFilter: false, ghostClass: "sortable-ghost", onEnd: changed });

  // -- sending ------------------------------------------------------------------------------------------------------
  const input = document.getElementById("new_images"), zone = input.closest(".dropzone"), uploads = $("[data-picture-uploads]"), told = $("[data-picture-said]");
  const AT_ONCE = 2, queue = [];
  let running = 0, sent = 0, all = 0;
  function line(file) {
    const item = document.createElement("li"), name = document.createElement("span"), bar = document.createElement("progress"), note = document.createElement("span");
    name.textContent = file.name; name.className = "picture-upload-name"; bar.max = 100; bar.value = 0; bar.setAttribute("aria-label", file.name); note.className = "picture-upload-note";
    item.append(name, bar, note);
    uploads.append(item); uploads.hidden = false;
    return { item, bar, note };
  }
  function fail(at, reason) { at.item.classList.add("refused"); at.bar.remove(); at.note.textContent = reason; }
  function take(files) {
    $$(".refused", uploads).forEach((one) => one.remove());
    if (!running) { sent = 0; all = 0; }
    [...files].slice(0, 100).forEach((file) => { all += 1; queue.push([file, line(file)]); });
    while (running < AT_ONCE && queue.length) next();
  }
  function next() {
    const [file, at] = queue.shift();
    if (list.children.length + running >= Number(list.dataset.most)) { fail(at, fill(uploads.dataset.full, { most: list.dataset.most })); ended(); return; }
    running += 1;
    const data = new FormData(), request = new XMLHttpRequest();
    data.append("new_images", file);
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) at.bar.value = event.loaded / event.total * 100; });
    request.addEventListener("loadend", () => {
      running -= 1;
      let answer = null;
      try { answer = JSON.parse(request.responseText).files[0]; } catch { answer = { reason: uploads.dataset.broken }; }
      if (answer.tile) { at.item.remove(); put(answer.tile); } else fail(at, answer.reason);
      ended();
    });
    request.open("POST", input.dataset.picturesPost);
    request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  }
  function ended() {
    sent += 1;
    told.textContent = fill(uploads.dataset.sent, { n: sent, all });
    uploads.hidden = !uploads.children.length;
    if (queue.length) next();
  }
  function put(html) {
    const box = document.createElement("template");
    box.innerHTML = html;
    const tile = box.content.querySelector(".picture-tile"), twin = tiles().find((one) => key(one) === key(tile));
    if (twin) { twin.focus(); return; } // the same picture is there already
    list.append(tile);
    changed();
  }
  input.addEventListener("change", () => { const files = [...input.files]; input.value = ""; take(files); });
  input.closest("form").addEventListener("drop", (event) => { if (!zone.contains(event.target)) event.preventDefault(); });

  // -- fetching by address --------------------------------------------------------------------------------------------
  const open = () => tiles().filter((tile) => tile.matches(".picture-waiting,.picture-fetching"));
  async function watch() {
    if (!list.dataset.states || !open().length) return;
    const answer = await fetch(list.dataset.states, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok) {
      const known = new Map((await answer.json()).pictures.map((one) => [one.source, one]));
      open().forEach((tile) => { const now = known.get(tile.dataset.source); if (now) show(tile, now); });
      number();
    }
    setTimeout(watch, 2000);
  }
  function show(tile, now) {
    const none = $(".picture-none", tile);
    tile.classList.remove("picture-waiting", "picture-fetching", "picture-failed");
    tile.classList.add(`picture-${now.state}`);
    if (now.thumb) { const face = document.createElement("img"); face.src = now.thumb; face.alt = $(".picture-alt", tile).value; none?.replaceWith(face); return; }
    if (none) $("span", none).textContent = now.state === "failed" ? now.note : list.dataset[now.state];
  }
  $("[data-pictures-retry]")?.addEventListener("click", async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    const answer = await fetch(button.dataset.picturesRetry, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } }).catch(() => null);
    if (!answer?.ok) { button.disabled = false; return; }
    tiles().filter((tile) => tile.matches(".picture-failed")).forEach((tile) => show(tile, { state: "waiting", note: "" }));
    button.closest("[data-pictures-refused]").remove();
    setTimeout(watch, 1000);
  });
  number();
  setTimeout(watch, 1500);
})();
