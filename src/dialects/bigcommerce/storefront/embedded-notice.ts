import { createHash } from 'node:crypto'
import { namedOrigins } from '../../../core/catalog/allowed-origins.js'
import type { Channel } from '../../../core/catalog/channel.js'
import type { WireRequest } from '../../dialect.js'
import type { Problem } from '../problem.js'
import type { ShopperAnswer } from '../shopper-endpoint.js'

/** Why nothing can be bought or shown just now, for people and for the page around a frame. */
export interface Notice {
  readonly status: number
  /** For the page around a frame. */
  readonly code: string
  /** Absent: that nothing can be bought. */
  readonly heading?: string
  readonly sentence: string
}

export const emptyCart: Notice = {
  status: 403,
  code: 'empty_cart',
  sentence: 'Cannot start a checkout session with an empty cart',
}
export const deadLink: Notice = {
  status: 404,
  code: 'not_found',
  sentence: 'This link was used already, or does not lead to a cart that can be bought.',
}

/** Says nothing of whether there is such an order. */
export const noOrder: Notice = {
  status: 404,
  code: 'not_found',
  heading: 'No order to show',
  sentence:
    'This browser has no order under this address, or the link was used already. An order that was placed stands all the same.',
}

export const unsoldGoods: Notice = {
  status: 422,
  code: 'unsold_goods',
  sentence: 'This link names products that cannot be bought here, or not as many of them.',
}

const style = `:root{color-scheme:light dark}
body{margin:0 auto;max-width:34rem;padding:2rem 1rem;font:1rem/1.5 system-ui,sans-serif}h1{font-size:1.25rem}`

/** Tells the page around the frame, where that is a site of the channel; without it, the client waits for a minute. */
const script = `const { sites, message, code } = document.documentElement.dataset;
const above = location.ancestorOrigins && location.ancestorOrigins[0];
const all = sites.split(' ').filter(Boolean);
const names = site => site.endsWith(':*') ? (above + ':').startsWith(site.slice(0, -1)) : site === above;
const targets = above === undefined ? all.filter(site => !site.endsWith(':*')) : all.some(names) ? [above] : [];
const error = { message, type: 'checkout', subtype: code };
if (parent !== window) for (const target of targets) parent.postMessage({ type: 'FRAME_ERROR', payload: error }, target);`

/**
 * A page that says why there is no checkout, or no order.
 *
 * @param isFrame  it may stand in a frame of the channel's sites, and tells the page around it
 */
export function noticePage(notice: Notice, { allowedOrigins }: Channel, isFrame: boolean): ShopperAnswer {
  const { status, code, heading = 'Nothing to check out', sentence } = notice
  const sites = isFrame ? namedOrigins(allowedOrigins) : []
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    ...(isFrame ? [`script-src ${hashOf(script)}`] : []),
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${sites.length === 0 ? "'none'" : sites.join(' ')}`,
  ]
  const marks = isFrame ? ` data-sites="${sites.join(' ')}" data-code="${code}" data-message="${sentence}"` : ''
  return {
    status,
    page: `<!doctype html>
<html lang="en"${marks}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>Checkout</title><style>${style}</style></head>
<body><main><h1>${heading}</h1><p>${sentence.replace(/[^.]$/, '$&.')}</p></main>${isFrame ? `<script type="module">${script}</script>` : ''}</body>
</html>
`,
    headers: {
      'Content-Security-Policy': policy.join('; '),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    },
  }
}

/** What a browser that opened a page gets of a refusal; programs get it as JSON. */
export function refusedPage(wire: WireRequest, channel: Channel, problem: Problem, isFrame: boolean): ShopperAnswer {
  const accept = wire.headers.accept ?? ''
  return isFrame && accept.includes('text/html') ? noticePage(deadLink, channel, isFrame) : { problem }
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`
}
