/* Switches notes in this browser on and off; the list of browsers below it is the server's. */
(() => {
  "use strict";
  const place = document.getElementById("this-browser");
  if (!place) return;
  const say = place.querySelector("[data-say]");
  const on = place.querySelector("[data-turn-on]");
  const tell = (state, button) => {
    place.dataset.state = state;
    say.textContent = say.dataset[state];
    on.hidden = !button;
  };
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const hex = (buffer) => [...new Uint8Array(buffer)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const digest = async (text) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const same = (buffer, key) => buffer && hex(buffer) === hex(bytes(key).buffer);

  const post = (address, sent) => fetch(address, {
    method: "POST", body: new URLSearchParams(sent),
    headers: { "X-CSRFToken": window.desk.csrf(), "Content-Type": "application/x-www-form-urlencoded" },
  });

  async function subscribe() {
    const given = await post(place.dataset.key, {});
    if (!given.ok) throw new Error("");
    const { key } = await given.json();
    const registration = await navigator.serviceWorker.register(place.dataset.worker);
    let found = await registration.pushManager.getSubscription();
    // It was made for another key of ours: messages of the present one would be refused.
    if (found && !same(found.options.applicationServerKey, key)) {
      await found.unsubscribe();
      found = null;
    }
    found ||= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
    const { endpoint, keys } = found.toJSON();
    const answer = await post(place.dataset.add, { endpoint, p256dh: keys.p256dh, auth: keys.auth });
    if (!answer.ok) throw new Error(((await answer.json().catch(() => ({}))).message) || "");
  }

  async function look() {
    if (!("serviceWorker" in navigator) || !("PushManager" in window) || !window.isSecureContext) return tell("unable", false);
    if (Notification.permission === "denied") return tell("denied", false);
    const registration = await navigator.serviceWorker.getRegistration(place.dataset.worker);
    const found = registration && await registration.pushManager.getSubscription();
    if (!found) return tell("off", true);
    const row = document.querySelector(`[data-device="${await digest(found.endpoint)}"]`);
    if (!row || row.dataset.usable !== "true") return tell("off", true);
    row.querySelector("[data-here]").hidden = false;
    return tell("on", false);
  }

  on.addEventListener("click", async () => {
    on.disabled = true;
    try {
      if (await Notification.requestPermission() !== "granted") return tell("denied", false);
      await subscribe();
      location.reload();
    } catch (failed) {
      tell("failed", true);
      if (failed.message) say.textContent += ` ${failed.message}`;
    } finally {
      on.disabled = false;
    }
  });
  // Taking this browser off the list ends its subscription too.
  document.querySelectorAll("[data-device-remove]").forEach((form) => form.addEventListener("submit", async () => {
    const here = form.closest("[data-device]").querySelector("[data-here]");
    if (here.hidden) return;
    const registration = await navigator.serviceWorker.getRegistration(place.dataset.worker);
    const found = registration && await registration.pushManager.getSubscription();
    if (found) found.unsubscribe();
  }));
  look().catch(() => tell("unable", false));
})();
