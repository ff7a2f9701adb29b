// What was done and is not sent yet. Acts go out one by one in the order they were made, each under its own key, so that
// an act whose answer got lost is sent again without being done twice. A refusal is an answer: the next act goes on.
(() => {
  "use strict";
  const MOST_KEPT = 50;
  const PAUSES = [2, 4, 8, 15, 30];
  // A dead wireless network answers nothing at all.
  const PATIENCE = 15000;

  const freshKey = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // `tell(state)` hears online, offline, sending or signin; `changed()` that the list is another one.
  window.scanQueue = (store, addresses, tell, changed) => {
    let token = "", busy = false, failures = 0, timer = 0;

    async function ask(address, options = {}) {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (answer.redirected || answer.status === 401 || answer.status === 403) throw Object.assign(new Error("signin"), { signin: true });
      if (!answer.ok || !isJson) throw new Error(`status ${answer.status}`);
      return answer.json();
    }

    async function work() {
      const got = Date.now();
      const found = await ask(addresses.work);
      token = found.token;
      return { ...found, got };
    }

    async function flush() {
      if (busy) return;
      busy = true;
      clearTimeout(timer);
      try {
        for (;;) {
          const act = (await store.acts()).find((one) => one.state === "waiting");
          if (!act) break;
          tell("sending");
          if (!token) await work();
          const answer = await ask(addresses.act, {
            method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token },
            body: JSON.stringify({ key: act.key, number: act.number, counted: act.counted, units: act.units }),
          });
          await store.put({ ...act, state: answer.code ? "refused" : "sent", text: answer.text, told: Date.now() });
          changed();
        }
        failures = 0;
        tell("online");
      } catch (lost) {
        token = "";
        tell(lost.signin ? "signin" : "offline");
        timer = setTimeout(flush, 1000 * PAUSES[Math.min(failures, PAUSES.length - 1)]);
        failures += 1;
      } finally {
        busy = false;
      }
    }

    async function push(act) {
      await store.add({ ...act, key: freshKey(), state: "waiting", text: "", at: Date.now() });
      const over = (await store.acts()).filter((one) => one.state === "sent").slice(0, -MOST_KEPT);
      for (const one of over) await store.remove(one.id);
      changed();
      flush();
    }

    return { work, flush, push };
  };
})();
