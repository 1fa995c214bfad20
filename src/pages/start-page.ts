import type { Channel } from '../core/catalog/channel.js'
import type { Route, WireRequest, WireResponse } from '../dialects/dialect.js'
import type { Operations } from '../operations/operations.js'
import { type Html, html, policyHash, trusted } from './html.js'
import { startPageScript, startPageStyle } from './start-page-style.js'

/** What the start page tells about this installation. */
export interface StartPageFacts {
  readonly version: string
  /** Without secrets. */
  readonly database: string
  /** A sentence about what the database is not for, where there is one. */
  readonly warning?: string
  /** Every dialect with its base URLs and one request to try, for a client that reached us at `origin`. */
  readonly dialects: (origin: string) => readonly DialectEntry[]
}

export interface DialectEntry {
  readonly name: string
  readonly title: string
  readonly baseUrls: readonly string[]
  readonly sampleTitle: string
  readonly curl: string
}

/** Nothing may run or load but what stands in the page itself. */
const policy = [
  "default-src 'none'",
  `style-src ${policyHash(startPageStyle)}`,
  `script-src ${policyHash(startPageScript)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** `GET /` 200: what runs here and how to try it. For people; machines ask `/health/ready`. */
export function startPageRoute(facts: StartPageFacts): Route {
  return {
    surface: 'pages',
    method: 'GET',
    path: '/',
    handler: (request, operations) => answer(facts, request, operations),
    operation: 'none',
    coverage: 'full',
    source: 'ours',
    isPage: true,
  }
}

async function answer(facts: StartPageFacts, request: WireRequest, operations: Operations): Promise<WireResponse> {
  const channels = await operations.listChannels()
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
    body: renderStartPage(facts, channels, request.baseUrl),
  }
}

/** @param origin  scheme and host as the reader's browser sees them */
export function renderStartPage(facts: StartPageFacts, channels: readonly Channel[], origin: string): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Polytill ${facts.version}</title>
<style>${trusted(startPageStyle)}</style>
</head>
<body>
<main>
<h1>Polytill</h1>
<p class="quiet">A checkout engine that speaks the APIs of other platforms. This one is running.</p>
<dl>
<dt>Version</dt><dd>${facts.version}</dd>
<dt>Address</dt><dd>${origin}</dd>
<dt>Database</dt><dd>${facts.database}</dd>
</dl>
${facts.warning === undefined ? undefined : html`<p><strong>Note:</strong> ${facts.warning}</p>`}
<h2 id="channels">Channels</h2>
${renderChannels(channels)}
<h2 id="dialects">Dialects</h2>
<p>Point an existing client at one of these addresses, or try a request in a terminal.</p>
${facts.dialects(origin).map(renderDialect)}
<p id="copied" role="status" class="quiet"></p>
<h2 id="more">More</h2>
<ul>
<li><a href="/health/ready">Is it ready?</a> <span class="quiet">/health/ready</span></li>
<li><a href="/metrics">Metrics for Prometheus</a> <span class="quiet">/metrics</span></li>
<li>Every endpoint, with what it covers: <code>docs/endpoints.md</code> in the project folder,
or <code>npm run where coupon</code> in a terminal</li>
</ul>
</main>
<footer>Polytill is free software under the MIT license.</footer>
<script>${trusted(startPageScript)}</script>
</body>
</html>
`
  return page.html
}

function renderChannels(channels: readonly Channel[]): Html {
  if (channels.length === 0) {
    return html`<p>There is no channel yet. Load the demo store with <code>polytill seed demo</code>,
or your own with <code>polytill import FILE</code>.</p>`
  }
  const rows = channels.map(
    channel => html`<tr><th scope="row">${channel.id}</th><td>${channel.name}</td>
<td>${channel.currencies.join(', ')}</td><td>${channel.priceMode}</td><td>${channel.locales.join(', ')}</td></tr>`,
  )
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="channels"><table>
<thead><tr><th scope="col">Id</th><th scope="col">Name</th><th scope="col">Currencies</th><th scope="col">Prices</th><th scope="col">Locales</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}

function renderDialect(entry: DialectEntry): Html {
  const id = `sample-${entry.name}`
  return html`<article>
<header><h3>${entry.title}</h3>
<button type="button" hidden data-copies="${id}" aria-label="Copy the request for ${entry.title}">Copy</button></header>
<p class="quiet">${entry.baseUrls.join(' · ')}</p>
<p>${entry.sampleTitle}:</p>
<pre tabindex="0" role="region" aria-label="Request for ${entry.title}"><code id="${id}">${entry.curl}</code></pre>
</article>
`
}
