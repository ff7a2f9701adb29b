/* Looks for the usual causes why somebody cannot sign in, and keeps what it found under a code for support. */
(() => {
  "use strict";
  const place = document.getElementById("diagnosis");
  if (!place) return;
  const words = place.querySelector("[data-check=host] .check-word").dataset;
  const found = { script: true };

  const show = (name, good) => {
    const row = place.querySelector(`[data-check=${name}]`);
    row.dataset.state = good ? "good" : "bad";
    row.querySelector(".check-word").textContent = good ? words.good : words.bad;
  };
  const wait = (name) => {
    place.querySelector(`[data-check=${name}] .check-word`).textContent = words.wait;
  };

  const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);
  const plain = (host) => {
    const [, name, port = ""] = /^(.*?)(?::(\d+))?$/.exec(host.toLowerCase());
    return `${loopback.has(name) ? "localhost" : name}:${port}`;
  };
  const host = () => {
    found.host = location.host;
    found.https = location.protocol === "https:";
    found.host_ok = plain(location.host) === plain(place.dataset.official);
    show("host", found.host_ok);
  };

  const cookies = () => {
    document.cookie = "cookie_probe=1; SameSite=Lax; path=/";
    found.cookies = navigator.cookieEnabled && document.cookie.includes("cookie_probe=1");
    document.cookie = "cookie_probe=; Max-Age=0; path=/";
    show("cookies", found.cookies);
  };

  const known = [["Edg/", "Edge", 109], ["OPR/", "Opera", 95], ["YaBrowser/", "Yandex", 23], ["Firefox/", "Firefox", 115],
    ["Chrome/", "Chrome", 109], ["Version/", "Safari", 16]];
  const browser = () => {
    const agent = navigator.userAgent;
    const hit = known.find(([mark]) => agent.includes(mark));
    const version = hit ? parseInt(agent.split(hit[0])[1], 10) : 0;
    found.browser = hit ? `${hit[1]} ${version}` : agent.slice(0, 80);
    found.passkeys = Boolean(window.PublicKeyCredential);
    found.browser_ok = (!hit || version >= hit[2]) && Boolean(window.fetch && window.CSS && CSS.supports("selector(:has(a))"));
    found.time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    place.querySelector("[data-browser-text]").textContent = found.browser;
    show("browser", found.browser_ok);
  };

  const clock = async () => {
    const before = Date.now();
    const answer = await fetch(place.dataset.probe, { cache: "no-store", credentials: "omit" });
    const after = Date.now();
    const server = (await answer.json()).now;
    const seconds = Math.round(((before + after) / 2 - server) / 1000);
    found.clock_seconds = seconds;
    const text = place.querySelector("[data-clock-text]");
    const said = Math.abs(seconds) < 3 ? text.dataset.same : seconds < 0 ? text.dataset.behind : text.dataset.ahead;
    text.textContent = said.replace("{n}", String(Math.abs(seconds)));
    show("clock", Math.abs(seconds) <= 30);
  };

  const service = async () => {
    const begun = performance.now();
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 8000);
    try {
      const answer = await fetch(place.dataset.ready, { cache: "no-store", credentials: "omit", signal: stop.signal });
      found.service_ms = Math.round(performance.now() - begun);
      found.service = answer.ok ? (found.service_ms > 3000 ? "slow" : "ok") : "down";
    } catch {
      found.service = "unreachable";
    } finally {
      clearTimeout(timer);
    }
    show("service", found.service === "ok");
  };

  const keep = async () => {
    const answer = await fetch(place.dataset.keep, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(found) });
    if (!answer.ok) return;
    const { code } = await answer.json();
    document.getElementById("diagnosis-code").textContent = code;
    document.getElementById("id_code").value = code;
    place.querySelector(".diagnosis-code").hidden = false;
  };

  const caps = place.querySelector(".caps-warning");
  place.querySelector("#caps-try").addEventListener("keyup", (event) => {
    const on = event.getModifierState && event.getModifierState("CapsLock");
    caps.textContent = on ? caps.dataset.on : "";
    show("caps", !on);
  });
  place.querySelector("[data-copy-code]").addEventListener("click", async (event) => {
    const button = event.currentTarget;
    await navigator.clipboard.writeText(document.getElementById("diagnosis-code").textContent);
    button.querySelector("span").textContent = button.dataset.done;
  });

  const run = async () => {
    ["cookies", "clock", "browser", "service"].forEach(wait);
    host();
    cookies();
    browser();
    await Promise.allSettled([clock().catch(() => show("clock", false)), service()]);
    await keep().catch(() => {});
  };
  run();
})();
