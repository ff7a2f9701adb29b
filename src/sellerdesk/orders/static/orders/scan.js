// Scan mode. Scan a posting and it opens; scan its items and they are ticked; the last one packs it. What is scanned is
// decided here at once, with or without connection; what is done waits in a queue until it can be sent.
(() => {
  "use strict";
  const root = document.querySelector("[data-scan]");
  if (!root || !window.scanStore) return;
  const $ = (name) => document.querySelector(`[data-scan-${name}]`);
  const words = JSON.parse(document.getElementById("scan-words").textContent);
  const rules = window.scanRules;
  const input = document.getElementById("scan-code");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
  const element = (tag, css, text) => Object.assign(document.createElement(tag), { className: css || "", textContent: text ?? "" });
  const time = (iso) => new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: document.documentElement.dataset.timeZone }).format(new Date(iso));

  let store, queue, list = { at: "", got: 0, postings: [] }, open = null, acts = [];

  // -- what is said and heard ---------------------------------------------------------------------------------------
  const TONES = { good: [[880, 0.09]], done: [[880, 0.09], [1320, 0.14]], bad: [[180, 0.22], [140, 0.32]], ask: [[660, 0.07]] };
  let audio;
  function sound(tone) {
    root.dataset.sound = tone;
    navigator.vibrate?.(tone === "bad" ? [120, 60, 120] : 30);
    if (!audio || !TONES[tone]) return;
    let at = audio.currentTime;
    for (const [frequency, seconds] of TONES[tone]) {
      const wave = audio.createOscillator(), loudness = audio.createGain();
      wave.type = tone === "bad" ? "sawtooth" : "sine";
      wave.frequency.value = frequency;
      loudness.gain.setValueAtTime(0.25, at);
      loudness.gain.exponentialRampToValueAtTime(0.001, at + seconds);
      wave.connect(loudness).connect(audio.destination);
      wave.start(at);
      wave.stop(at + seconds);
      at += seconds;
    }
  }
  // Browsers let a page sound only after somebody touched it.
  const wake = () => { audio ??= window.AudioContext && new AudioContext(); audio?.resume?.(); };
  addEventListener("pointerdown", wake);
  addEventListener("keydown", wake);

  function say(tone, name, values = {}, heard = tone) {
    const line = $("say");
    line.dataset.tone = tone;
    line.textContent = fill(words[name], values);
    sound(heard);
  }

  function tell(state) {
    const net = $("net");
    net.classList.toggle("is-off", state === "offline" || state === "signin");
    net.textContent = words[state];
  }

  // -- the open posting ---------------------------------------------------------------------------------------------
  const posting = (number) => list.postings.find((one) => one.number === number);
  // Done here, and the list was fetched before the shop knew. What a later list names waits again, for whatever reason.
  const gone = () => new Set(acts.filter((act) => act.state === "waiting" || (act.state === "sent" && act.told > list.got)).map((act) => act.number));
  const waiting = () => list.postings.filter((one) => !gone().has(one.number));
  const ticked = (line) => open.ticks[line.sku] || 0;
  const matches = (line, code) => line.codes.includes(code) || line.codes.some((one) => rules.article(one) === rules.article(code));
  const needs = (line) => line.scans;

  function start(one) {
    open = { number: one.number, ticks: {}, units: {}, asked: null };
    keep();
  }

  function keep() { store.set("open", open); draw(); }

  function ask(line, at) {
    const unit = open.units[line.sku]?.[at] ?? {};
    const need = needs(line).find((one) => !(one in unit));
    open.asked = need ? { sku: line.sku, at, need } : null;
    if (need) say("ask", need, { name: line.name });
    return Boolean(need);
  }

  // Every code that already stands on a unit, here or in what is not sent yet.
  function used(need, code) {
    const units = [...Object.values(open.units), ...acts.filter((act) => act.state === "waiting").flatMap((act) => Object.values(act.units))].flat();
    return units.some((unit) => unit[need] && rules.same(need, unit[need]) === rules.same(need, code));
  }

  function answer(one, code) {
    const { sku, at, need } = open.asked;
    const line = one.lines.find((each) => each.sku === sku);
    if (!rules.answers(need, code, line)) return say("bad", "badcode", { asked: fill(words[need], { name: line.name }) });
    if (need === "weight" && (Number(code) < line.least || (line.most && Number(code) > line.most))) return say("bad", "heavy", { grams: code, least: line.least, most: line.most });
    if (need !== "weight" && used(need, code)) return say("bad", "used");
    (open.units[sku] ??= [])[at] = { ...open.units[sku]?.[at], [need]: code };
    return step(one, line, at);
  }

  // One unit of a line lies in the hand: ask what is missing about it, or count it.
  function step(one, line, at) {
    if (ask(line, at)) return keep();
    open.ticks[line.sku] = at + 1;
    say("good", "ticked", { name: line.name, done: at + 1, total: line.quantity });
    if (one.lines.every((each) => ticked(each) >= each.quantity)) return finish(one);
    return keep();
  }

  function item(one, code) {
    const line = one.lines.find((each) => matches(each, code) && ticked(each) < each.quantity) || one.lines.find((each) => matches(each, code));
    if (!line) return say("bad", "wrong", { code: code.split(rules.SEPARATOR)[0], number: one.number });
    const at = ticked(line);
    if (at >= line.quantity) return say("bad", "enough", { name: line.name });
    if (rules.isMark(code) && needs(line).includes("mandatory_mark")) {
      // The mark names the article: one scan for both.
      if (used("mandatory_mark", code)) return say("bad", "used");
      (open.units[line.sku] ??= [])[at] = { mandatory_mark: code };
    }
    return step(one, line, at);
  }

  async function finish(one) {
    if (one.lines.some((line) => line.more)) {
      say("warn", "more", { number: one.number }, "bad");
      return keep();
    }
    const act = { number: one.number, counted: { ...open.ticks }, units: open.units };
    open = null;
    say("good", navigator.onLine ? "complete" : "later", { number: one.number }, "done");
    await store.set("open", null);
    return queue.push(act);
  }

  function scanned(text) {
    const code = rules.clean(text);
    if (!code) return;
    const named = waiting().find((one) => one.codes.includes(code));
    const one = open && posting(open.number);
    if (one && open.asked) return answer(one, code);
    if (one && named && named !== one && Object.keys(open.ticks).length) return say("bad", "busy", { number: one.number });
    if (named) {
      if (!one || named !== one) start(named);
      return say(named.lines.some((line) => line.more) ? "warn" : "good", named.lines.some((line) => line.more) ? "more" : "opened", { number: named.number });
    }
    if (one) return item(one, code);
    // An item alone opens the most urgent posting that waits for it.
    const first = waiting().find((each) => each.lines.some((line) => matches(line, code)));
    if (!first) return say("bad", "unknown", { code: code.split(rules.SEPARATOR)[0] });
    start(first);
    return item(first, code);
  }

  // -- what is shown ------------------------------------------------------------------------------------------------
  function draw() {
    const one = open && posting(open.number);
    if (open && !one) { open = null; store.set("open", null); }
    $("open").hidden = !one;
    if (one) {
      $("number").textContent = one.number;
      $("due").textContent = time(one.ship_by);
      const fillIn = $("units");
      fillIn.hidden = !one.lines.some((line) => line.more);
      fillIn.href = root.dataset.units.replace("NUMBER", one.number);
      $("lines").replaceChildren(...one.lines.map(lineOf));
    }
    const left = waiting().filter((each) => each !== one);
    $("count").textContent = left.length ? fill(words.count, { count: left.length }) : words.none;
    $("age").textContent = list.at ? fill(words.stale, { time: time(list.at) }) : "";
    $("list").replaceChildren(...left.slice(0, 50).map(rowOf));
    const unsent = acts.filter((act) => act.state === "waiting").length;
    $("waiting").textContent = unsent || "";
    $("waiting").hidden = !unsent;
    $("done").hidden = !acts.length;
    $("queue").replaceChildren(...[...acts].reverse().slice(0, 30).map(actOf));
  }

  function lineOf(line) {
    const row = element("li", ticked(line) >= line.quantity ? "is-done" : "");
    row.dataset.sku = line.sku;
    const of = element("span", "scan-of num");
    if (row.className) of.append(document.getElementById("scan-tick").content.cloneNode(true));
    of.append(`${ticked(line)}/${line.quantity}`);
    row.append(element("span", "scan-name", line.name), element("span", "scan-ids num", `${line.offer} · ${line.codes[0]}`), of);
    return row;
  }

  function rowOf(one) {
    const row = element("li"), button = element("button");
    button.type = "button";
    button.append(element("span", "scan-name num", one.number), element("span", "scan-ids num", time(one.ship_by)),
      element("span", "scan-ids", one.lines.map((line) => `${line.name} × ${line.quantity}`).join(", ")));
    button.addEventListener("click", () => { scanned(one.number); input.focus(); });
    row.append(button);
    return row;
  }

  function actOf(act) {
    const tone = { waiting: "warning", sent: "success", refused: "danger" }[act.state];
    const row = element("li"), link = element("a", "num", act.number);
    row.dataset.state = act.state;
    link.href = root.dataset.posting.replace("NUMBER", act.number);
    row.append(link, element("span", `badge tone-${tone}`, words[act.state]));
    if (act.text) row.append(element("p", "", act.text));
    return row;
  }

  // -- hands, eyes, connection --------------------------------------------------------------------------------------
  $("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value;
    input.value = "";
    scanned(text);
  });
  // Scanners that play a keyboard send the separator of GS1 codes as Ctrl+], which is no letter.
  input.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey && event.key === "]") && event.key !== "GroupSeparator") return;
    event.preventDefault();
    input.setRangeText(rules.SEPARATOR, input.selectionStart, input.selectionEnd, "end");
  });
  // A scan goes into the field wherever the eye was last.
  document.addEventListener("keydown", (event) => {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input,button,a,select")) input.focus();
  });
  $("aside").addEventListener("click", () => {
    say("warn", "aside", { number: open.number }, "ask");
    open = null;
    keep();
    input.focus();
  });

  let camera = null;
  $("camera").addEventListener("click", async (event) => {
    const button = event.currentTarget, video = $("video");
    if (camera) {
      camera.getTracks().forEach((track) => track.stop());
      camera = null;
      video.hidden = true;
      button.setAttribute("aria-pressed", "false");
      return;
    }
    let read;
    try {
      read = await window.scanReader(root.dataset.reader);
    } catch (lost) {
      say("warn", "camera", {}, "ask");
      return;
    }
    try {
      camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch (refused) {
      say("warn", "nocamera", {}, "ask");
      return;
    }
    button.setAttribute("aria-pressed", "true");
    video.hidden = false;
    video.srcObject = camera;
    await video.play();
    watch(video, read);
  });

  // The same code in front of the lens is one scan until it was away for a moment.
  async function watch(video, read) {
    let last = "", since = 0;
    while (camera) {
      const seen = await read(video).catch(() => "");
      const now = performance.now();
      if (seen && (seen !== last || now - since > 2500)) scanned(seen);
      if (seen) [last, since] = [seen, now];
      await new Promise((resolve) => { setTimeout(resolve, 150); });
    }
  }

  async function changed() { acts = await store.acts(); draw(); }

  async function refresh() {
    try {
      list = await queue.work();
      await store.set("list", list);
      draw();
      await queue.flush();
    } catch (lost) {
      tell(lost.signin ? "signin" : "offline");
      queue.flush();
    }
  }

  async function keepPage() {
    if (!("serviceWorker" in navigator)) return;
    await navigator.serviceWorker.register(root.dataset.worker);
    const ready = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => new URL(name).pathname.startsWith("/static/"));
    ready.active.postMessage([...new Set([...loaded, ...window.scanReader.needs(new URL(root.dataset.reader, location).href)])]);
    root.dataset.kept = "true";
  }

  (async () => {
    store = await window.scanStore(root.dataset.owner);
    queue = window.scanQueue(store, { work: root.dataset.work, act: root.dataset.act }, tell, changed);
    list = (await store.get("list")) || list;
    open = (await store.get("open")) || null;
    acts = await store.acts();
    draw();
    $("say").textContent = words.ready;
    await refresh();
    root.dataset.ready = "true";
    addEventListener("online", refresh);
    addEventListener("offline", () => tell("offline"));
    setInterval(() => { if (!document.hidden && !open) refresh(); }, 20000);
    await keepPage().catch(() => { root.dataset.kept = "false"; });
  })();
})();
