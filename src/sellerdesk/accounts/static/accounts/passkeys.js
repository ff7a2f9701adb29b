/* Passkeys and security keys. A form with data-passkey="purpose" asks the server for a fresh challenge when it is
   sent off, lets the browser answer it, and goes on with the answer in its field "credential". On the sign-in page the
   browser also offers passkeys in the list under the field for the address. */
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const able = Boolean(window.PublicKeyCredential && navigator.credentials);
  // A challenge lives five minutes on the server.
  const RENEW_MS = 4 * 60_000;
  let offer = null;

  function toBrowser(options) {
    const made = { ...options, challenge: bytes(options.challenge) };
    if (made.user) made.user = { ...made.user, id: bytes(made.user.id) };
    for (const list of ["excludeCredentials", "allowCredentials"]) {
      if (made[list]) made[list] = made[list].map((one) => ({ ...one, id: bytes(one.id) }));
      else delete made[list];
    }
    return made;
  }

  function toServer(credential) {
    const response = { clientDataJSON: text(credential.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
      authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
      clientExtensionResults: credential.getClientExtensionResults() };
  }

  // One after another: the server keeps the newest only, and of two on their way the first may arrive last.
  let asked = Promise.resolve();
  function challenge(form) {
    const mine = asked.then(() => ask(form));
    asked = mine.catch(() => {});
    return mine;
  }

  async function ask(form) {
    const body = new FormData();
    body.set("purpose", form.dataset.passkey);
    const answer = await fetch(form.dataset.passkeyOptions, {
      method: "POST", body, headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content } });
    const made = await answer.json();
    // The proof of who is there has grown old. The page itself asks for it again.
    if (made.stale) { location.reload(); return null; }
    if (made.error) throw new Error(made.error);
    return toBrowser(made);
  }

  function say(form, words) {
    const place = form.querySelector("[data-passkey-error]");
    place.querySelector("[data-passkey-words]").textContent = words;
    place.hidden = !words;
  }

  function finish(form, credential) {
    form.elements.credential.value = JSON.stringify(toServer(credential));
    try { localStorage.setItem("passkey", "used"); } catch { /* Private windows may forbid it. */ }
    form.submit();
  }

  // Waits, for as long as the page is open, until somebody picks a passkey in the field's list.
  async function offerIn(form) {
    withdraw();
    const mine = offer = new AbortController();
    const renew = setTimeout(() => { if (!document.hidden) offerIn(form); }, RENEW_MS);
    mine.signal.addEventListener("abort", () => clearTimeout(renew));
    try {
      const publicKey = await challenge(form);
      if (!publicKey || mine.signal.aborted) return;
      const credential = await navigator.credentials.get({ publicKey, mediation: "conditional", signal: mine.signal });
      if (credential && !mine.signal.aborted) finish(form, credential);
    } catch { /* Nothing was picked, or the server cannot be reached; the button says what is wrong. */ }
  }

  function withdraw() {
    offer?.abort();
    offer = null;
  }

  async function offerWhereKnown(form) {
    if (!await window.PublicKeyCredential.isConditionalMediationAvailable?.()) return;
    offerIn(form);
    // Another tab may have asked for a challenge since; the newest one counts.
    document.addEventListener("visibilitychange", () => { if (!document.hidden) offerIn(form); });
  }

  async function start(form, button) {
    say(form, "");
    if (!form.reportValidity()) return;
    // A browser answers one question at a time.
    const offered = offer !== null;
    withdraw();
    button.disabled = true;
    form.setAttribute("aria-busy", "true");
    try {
      const publicKey = await challenge(form);
      if (!publicKey) return;
      const credential = await (publicKey.user ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
      finish(form, credential);
    } catch (fault) {
      const known = { NotAllowedError: "stopped", AbortError: "stopped", InvalidStateError: "known", SecurityError: "address", NotSupportedError: "unable" };
      say(form, form.dataset[`passkey${(known[fault.name] ?? "").replace(/^./, (sign) => sign.toUpperCase())}`] || fault.message);
      if (offered) offerIn(form);
    } finally {
      button.disabled = false;
      form.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-passkey]");
    if (!form) return;
    event.preventDefault();
    start(form, event.submitter ?? form.querySelector("button"));
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("form[data-passkey]")) {
      if (able) form.hidden = false;
      else say(form, form.dataset.passkeyUnable);
    }
    if (!able) return;
    // Browsers make no passkeys for bare numbers.
    const named = !/^[\d.]+$|:/.test(location.hostname);
    for (const button of document.querySelectorAll("[data-passkey-able]")) button.hidden = !named;
    const place = document.querySelector("[data-passkey-place]");
    if (!place) return;
    const first = () => place.parentElement.querySelector("form:not([data-passkey])").before(place);
    let used = false;
    try { used = localStorage.getItem("passkey") === "used"; } catch { /* Then it is not known. */ }
    // It comes first where the device can check its owner, and is the thing to press where it was used before.
    if (used) {
      first();
      place.querySelector("button").classList.replace("btn-outline-primary", "btn-primary");
    } else {
      window.PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().then((can) => { if (can && named) first(); });
    }
    if (named) offerWhereKnown(place.querySelector("form"));
  });
})();
