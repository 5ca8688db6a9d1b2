// Keeps the shell and the newest facts of the technician's pages (/install, /c/…, /service…) so that they open without a network.
// It controls those pages only; what they send waits in their own queue, never here.
const SHELL = 'samtila-shell-1'
const FACTS = 'samtila-facts-1'
const PAGE = '/install'
const WAIT_MS = 4000
/** Questions whose newest answer may stand in for a missing one. */
const KEPT =
  /^\/api\/v1\/(session|premises(\/[a-z0-9-]+)?|device-types|devices(\/[a-z0-9-]+)?|connection|service\/tasks(\/[a-z0-9-]+)?|organisations)$/

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  const { keep, facts, forget } = event.data ?? {}
  if (Array.isArray(keep)) event.waitUntil(keepAndSay(keep, Array.isArray(facts) ? facts : [], event.ports[0]))
  if (forget === true) event.waitUntil(caches.delete(FACTS))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(fresh(request, SHELL, PAGE))
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/favicon.svg') event.respondWith(kept(request))
  else if (KEPT.test(url.pathname)) event.respondWith(fresh(request, FACTS, url.pathname + url.search))
})

/** The network's answer, or, when it does not come in time, the one that was kept. */
async function fresh(request, cacheName, key) {
  const cache = await caches.open(cacheName)
  const known = await cache.match(key)
  try {
    const limit = known === undefined ? undefined : AbortSignal.timeout(WAIT_MS)
    const answer = await fetch(request, limit === undefined ? undefined : { signal: limit })
    // A full phone keeps nothing new, and shows the page all the same.
    if (answer.ok) await cache.put(key, answer.clone()).catch(unlessCut(limit))
    // Who is not signed in any more keeps nothing here.
    else if (answer.status === 401) await caches.delete(FACTS)
    return answer
  } catch (error) {
    if (known !== undefined) return known
    throw error
  }
}

/** A body that was cut off by the limit of time is no answer: then the kept one stands in. */
const unlessCut = (limit) => (error) => {
  if (limit?.aborted === true) throw error
}

/** Files with a hash in their name never change. */
async function kept(request) {
  const cache = await caches.open(SHELL)
  const known = await cache.match(request, { ignoreVary: true })
  if (known !== undefined) return known
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone()).catch(() => undefined)
  return answer
}

/** Keeps all, and tells the page whether everything is there: only then does it open without a network. */
async function keepAndSay(addresses, facts, port) {
  const kept = await Promise.all([keepAll(addresses), keepFacts(facts)]).then(
    (parts) => parts.every(Boolean),
    () => false,
  )
  port?.postMessage({ kept })
}

/** Facts that the page has and this worker has not seen yet: a page that was opened from another one is not controlled by it. */
async function keepFacts(addresses) {
  const cache = await caches.open(FACTS)
  let all = true
  for (const address of addresses) {
    const url = new URL(address, self.location.origin)
    if (url.origin !== self.location.origin || !KEPT.test(url.pathname)) continue
    const answer = await fetch(url, { headers: { accept: 'application/json' }, credentials: 'same-origin' })
    if (answer.ok) await cache.put(url.pathname + url.search, answer)
    else all = false
  }
  return all
}

async function keepAll(addresses) {
  const cache = await caches.open(SHELL)
  const wanted = addresses.filter((address) => new URL(address, self.location.origin).origin === self.location.origin)
  const files = await Promise.allSettled(wanted.map((address) => keepFile(cache, address)))
  const page = await fetch(PAGE, { headers: { accept: 'text/html' }, credentials: 'same-origin' })
  if (page.ok) await cache.put(PAGE, page)
  return page.ok && files.every(({ status }) => status === 'fulfilled')
}

/** Fetched once: a file with a hash in its name is the same for ever. */
async function keepFile(cache, address) {
  if ((await cache.match(address, { ignoreVary: true })) === undefined)
    await cache.add(new Request(address, { credentials: 'same-origin' }))
}
