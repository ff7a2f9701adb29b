// Keeps scan mode at hand where there is no connection: the page and what it loads, nothing of the shop's data.
const SHELF = "scan-mode-1";
const PAGE = new URL("./", self.location).pathname;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll([PAGE, "{{ script }}"])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith("scan-mode-") && name !== SHELF).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

// The page tells what it loaded itself, so that this list is kept nowhere by hand.
self.addEventListener("message", (event) => {
  if (Array.isArray(event.data)) event.waitUntil(caches.open(SHELF).then((shelf) => Promise.allSettled(event.data.map((address) => shelf.add(address)))));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname !== PAGE && !address.pathname.startsWith("/static/")) return;
  event.respondWith(freshOrKept(event.request, address.pathname === PAGE));
});

async function freshOrKept(request, isPage) {
  const shelf = await caches.open(SHELF);
  try {
    const answer = await fetch(request);
    // A way to the sign-in page is no page to keep.
    if (answer.ok && !answer.redirected) await shelf.put(isPage ? PAGE : request, answer.clone());
    return answer;
  } catch (lost) {
    const kept = await shelf.match(isPage ? PAGE : request);
    if (kept) return kept;
    throw lost;
  }
}
