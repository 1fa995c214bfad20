import type { Channel } from '../../core/catalog/channel.js'
import type { Variant } from '../../core/catalog/variant.js'
import { toDecimal } from '../../core/money.js'
import type { Route, WireRequest, WireResponse } from '../../dialects/dialect.js'
import type { Operations } from '../../operations/operations.js'
import { type Html, html, pagePolicy, trusted } from '../html.js'
import { liveCheckouts } from './live-checkouts.js'
import { startPageScript } from './start-page-script.js'
import { startPageStyle } from './start-page-style.js'

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

/** Goods that the page offers, and how the storefront API names them. */
interface DemoShop {
  readonly goods: readonly Variant[]
  readonly channel: Channel
}

const policy = pagePolicy(startPageStyle, startPageScript, ["connect-src 'self'"])

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
    body: renderStartPage(facts, { channels, shop: await findShop(channels, operations) }, request.baseUrl),
  }
}

/** Goods that the page shows at most. Ours. */
const shownGoods = 12

/** Goods of the demo store, where it is loaded, in the channel that storefronts of the BigCommerce dialect shop in. */
async function findShop(channels: readonly Channel[], operations: Operations): Promise<DemoShop | undefined> {
  const channel = channels.find(each => each.settings.bigcommerce !== undefined)
  if (channel === undefined) return undefined
  const { variants } = await operations.listVariants({ channel: channel.id, offset: 0, limit: 50 })
  const goods = variants.filter(
    variant => variant.imageUrl?.startsWith('/demo/images/') && priceOf(variant, channel) !== undefined,
  )
  return goods.length === 0 ? undefined : { goods: goods.slice(0, shownGoods), channel }
}

/** @param origin  scheme and host as the reader's browser sees them */
export function renderStartPage(
  facts: StartPageFacts,
  store: { readonly channels: readonly Channel[]; readonly shop: DemoShop | undefined },
  origin: string,
): string {
  const isDemo = store.shop !== undefined
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Polytill ${facts.version}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style>${trusted(startPageStyle)}</style>
</head>
<body>
<main>
<header><h1>Polytill</h1>
<p class="quiet">A checkout engine that speaks the APIs of other platforms. This one is running.</p></header>
<ul>
<li><a href="/docs">API reference</a>, every endpoint with its bodies</li>
<li><a href="/health/ready">Is it ready?</a> <span class="quiet">/health/ready</span></li>
<li><a href="/metrics">Metrics for Prometheus</a> <span class="quiet">/metrics</span></li>
</ul>
<dl>
<dt>Version</dt><dd>${facts.version}</dd>
<dt>Address</dt><dd>${origin}</dd>
<dt>Database</dt><dd>${facts.database}</dd>
</dl>
${facts.warning === undefined ? undefined : html`<p><strong>Note:</strong> ${facts.warning}</p>`}
${store.shop === undefined ? undefined : renderShop(store.shop)}
<h2 id="dialects">${isDemo ? 'Five platforms, one engine' : 'Dialects'}</h2>
<p>Point an existing client at one of these addresses${isDemo ? ', watch a whole purchase here,' : ''} or try a request in a terminal.</p>
${facts.dialects(origin).map(entry => renderDialect(entry, isDemo ? origin : undefined))}
<p id="copied" role="status" class="quiet"></p>
<h2 id="channels">Channels</h2>
${renderChannels(store.channels)}
</main>
<footer>Polytill is free software under the MIT license.</footer>
<script type="application/json" id="live-checkouts">${asData(liveCheckouts)}</script>
<script>${trusted(startPageScript)}</script>
</body>
</html>
`
  return page.html
}

/** JSON inside a page: nothing in it may end the element that it stands in. */
function asData(value: unknown): Html {
  return trusted(JSON.stringify(value).replaceAll('<', '\\u003c'))
}

function renderShop({ goods, channel }: DemoShop): Html {
  return html`<h2 id="demo">The demo shop</h2>
<p class="quiet">Goods of the channel <code>${channel.id}</code>. This page fills its cart by the storefront API of BigCommerce, as any of its storefronts would.</p>
<div class="shop" id="shop">
<ul class="goods">${goods.map(
    variant => html`<li><img src="${variant.imageUrl}" alt="" width="152" height="96" loading="lazy">
<strong>${variant.name}</strong> <span>${priceOf(variant, channel)}</span>
<button type="button" hidden data-product="${variant.productId}" data-variant="${variant.variantId}" data-name="${variant.name}" aria-label="Add to cart: ${variant.name}">Add to cart</button></li>`,
  )}</ul>
<section class="cart" id="cart-box" hidden aria-labelledby="cart-title"><h3 id="cart-title">Cart</h3>
<p id="cart-empty" class="quiet">Nothing in it yet.</p>
<ul id="cart-lines"></ul>
<div id="cart-sum" hidden><p class="total"><span>Goods</span><span id="cart-total"></span></p>
<a class="go" href="/checkout">Check out</a></div>
<p id="cart-said" role="status" class="quiet"></p></section>
</div>`
}

/** As people read it; undefined where the channel's first currency has no price. */
function priceOf(variant: Variant, { id, currencies, priceMode }: Channel): string | undefined {
  const [currency] = currencies
  const price = variant.prices.find(
    each => each.channel === id && each.currency === currency && each.mode === priceMode,
  )
  if (price === undefined) return undefined
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: price.currency })
  return format.format(toDecimal(price.amount, price.currency) as `${number}`)
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

/** @param liveAt  where the demo store is loaded, and so a purchase can be shown: the page's own origin */
function renderDialect(entry: DialectEntry, liveAt: string | undefined): Html {
  const id = `sample-${entry.name}`
  const [base = ''] = entry.baseUrls
  const live = liveCheckouts.find(each => each.dialect === entry.name)
  const isLive = live !== undefined && liveAt !== undefined && (base === liveAt || base.startsWith(`${liveAt}/`))
  return html`<article>
<header><h3>${entry.title}</h3>
<a href="/docs/${entry.name}" aria-label="Reference of ${entry.title}">Reference</a></header>
<p class="quiet">${entry.baseUrls.join(' · ')}</p>
${isLive ? renderLive(entry, live.story, base) : undefined}
<details><summary>${entry.sampleTitle}</summary>
<pre tabindex="0" role="region" aria-label="Request for ${entry.title}"><code id="${id}">${entry.curl}</code></pre>
<p><button type="button" hidden data-copies="${id}" aria-label="Copy the request for ${entry.title}">Copy</button></p></details>
</article>
`
}

function renderLive({ name, title }: DialectEntry, story: string, base: string): Html {
  return html`<p>${story}</p>
<p><button type="button" hidden data-runs="${name}" data-base="${base}" aria-label="Run the checkout of ${title}">Run the checkout</button>
<span id="ran-${name}" role="status"></span></p>
<ol class="steps" id="steps-${name}" aria-label="Requests of ${title}"></ol>`
}
