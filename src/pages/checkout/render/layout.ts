import { createHash, randomBytes } from 'node:crypto'
import type { WireResponse } from '../../../dialects/dialect.js'
import type { PurchaseView } from '../../../operations/operations.js'
import { type Html, html, trusted } from '../../html.js'
import type { Brand } from '../brand.js'
import { frameScript } from '../embedded/frame-script.js'
import { type Frame, frameAncestors } from '../framing.js'
import { languageTags, wordsIn } from '../languages.js'
import type { Look } from '../page-call.js'
import { pageScript } from '../page-script.js'
import { pageStyle } from '../page-style.js'
import type { FieldError } from './fields.js'
import { renderSummary } from './summary.js'

/** A file of the page's own, named after its content, so that browsers may keep it for good. */
interface Asset {
  readonly name: string
  readonly type: string
  readonly content: string
}

export const styleAsset = asset('css', 'text/css; charset=utf-8', pageStyle)
export const scriptAsset = asset('js', 'text/javascript; charset=utf-8', pageScript)
export const frameAsset = asset('js', 'text/javascript; charset=utf-8', frameScript)

function asset(ending: string, type: string, content: string): Asset {
  const mark = createHash('sha256').update(content).digest('hex').slice(0, 12)
  return { name: `checkout-${mark}.${ending}`, type, content }
}

export type StepName = 'details' | 'delivery' | 'payment' | 'review'

/** Everything that one page is made of. */
export interface PageParts {
  readonly look: Look
  readonly status?: number
  readonly title: string
  readonly body: Html
  /** Shown beside, or folded above on a phone. */
  readonly view?: PurchaseView
  readonly steps?: { readonly now: StepName; readonly links: Readonly<Partial<Record<StepName, string>>> }
  readonly errors?: readonly FieldError[]
  /** A sentence that assistive technology reads out. */
  readonly notice?: string | undefined
  /** Id of the form that a change of language takes along, so that nothing typed is lost. */
  readonly form?: string
  /** Seconds after which the page looks again. */
  readonly refresh?: number
  readonly headers?: WireResponse['headers']
}

/** The answer with a whole page, its rules for the browser included. */
export function respondPage(parts: PageParts): WireResponse {
  const nonce = randomBytes(16).toString('base64')
  const { brand, frame } = parts.look
  const pictures = [brand.logoUrl, ...(parts.view?.cart.lines.map(({ variant }) => variant?.imageUrl) ?? [])]
  return {
    status: parts.status ?? 200,
    headers: { ...pageHeaders(nonce, pictures, frame), ...parts.headers },
    body: renderDocument(parts, nonce),
  }
}

/** Nothing runs or loads but what the page names itself, and nobody shows it in a frame who may not. */
export function pageHeaders(
  nonce: string,
  pictures: readonly (string | undefined)[] = [],
  frame?: Frame,
): WireResponse['headers'] {
  const addresses = pictures.flatMap(each => (each !== undefined && URL.canParse(each) ? [new URL(each)] : []))
  // Others have no origin to name.
  const origins = addresses.filter(({ protocol }) => /^https?:$/.test(protocol)).map(({ origin }) => origin)
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `img-src ${["'self'", ...new Set(origins)].join(' ')}`,
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors(frame)}`,
  ]
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cache-control': 'no-store',
  }
}

function renderDocument(parts: PageParts, nonce: string): string {
  const { look, title, errors = [], view } = parts
  const { words, brand, language } = look
  const heading = errors.length > 0 ? `${words.notice.fix(errors.length)}: ${title}` : title
  const page = html`<!doctype html>
<html lang="${language}" dir="${words.direction}"${frameMarks(parts)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
${parts.refresh === undefined ? undefined : html`<noscript><meta http-equiv="refresh" content="${parts.refresh}"></noscript>`}
<title>${heading} · ${brand.name}</title>
<link rel="stylesheet" href="/pay/assets/${styleAsset.name}" nonce="${nonce}">
<style nonce="${nonce}">${trusted(accentStyle(brand))}</style>
<script type="module" src="/pay/assets/${scriptAsset.name}" nonce="${nonce}"></script>${
    look.frame === undefined
      ? undefined
      : html`
<script type="module" src="/pay/assets/${frameAsset.name}" nonce="${nonce}"></script>`
  }
</head>
<body>
<a class="hidden skip" href="#main">${words.skip}</a>
<header class="top">${renderShop(brand)}${parts.steps === undefined ? undefined : renderSteps(parts.steps, words)}</header>
<div class="body${view === undefined ? ' narrow' : ''}" id="page">
${view === undefined ? undefined : renderFold(view, look)}
<main id="main" tabindex="-1">
<p class="hidden" role="status" id="said">${parts.notice}</p>
${renderErrors(errors, words)}
${parts.notice === undefined ? undefined : html`<div class="notice"><p>${parts.notice}</p></div>`}
<h1>${title}</h1>
${parts.body}
</main>
${view === undefined ? undefined : html`<aside class="aside card" aria-label="${words.summary.title}"><h2>${words.summary.title}</h2>${renderSummary(view.cart, look, view.order !== undefined)}</aside>`}
</div>
${renderFoot(parts)}
</body>
</html>
`
  return page.html
}

/** What the script of a frame tells the page around it. */
function frameMarks({ look, view }: PageParts): Html | undefined {
  if (look.frame === undefined) return undefined
  const state = view === undefined ? 'failed' : view.order?.status === 'confirmed' ? 'complete' : 'open'
  return html` data-sites="${look.frame.sites.join(' ')}" data-state="${state}"`
}

function accentStyle({ accent, night }: Brand): string {
  const rule = ({ color, ink }: Brand['accent']) => `:root{--accent:${color};--accent-ink:${ink}}`
  return `${rule(accent)}@media (prefers-color-scheme:dark){${rule(night)}}`
}

function renderShop({ name, logoUrl, shopUrl }: Brand): Html {
  const inside = logoUrl === undefined ? html`${name}` : html`<img src="${logoUrl}" alt="${name}">`
  return shopUrl === undefined
    ? html`<span class="shop">${inside}</span>`
    : html`<a class="shop" href="${shopUrl}">${inside}</a>`
}

function renderSteps({ now, links }: NonNullable<PageParts['steps']>, words: Look['words']): Html {
  const names: readonly StepName[] = ['details', 'delivery', 'payment', 'review']
  const at = names.indexOf(now)
  const items = names.map((name, index) => {
    const link = links[name]
    if (name === now) return html`<li class="now" aria-current="step"><span>${words.steps[name]}</span></li>`
    const label =
      link === undefined ? html`<span>${words.steps[name]}</span>` : html`<a href="${link}">${words.steps[name]}</a>`
    if (index > at) return html`<li>${label}</li>`
    return html`<li class="done">${label}<span class="hidden"> (${words.steps.done})</span></li>`
  })
  return html`<nav aria-label="${words.steps.title}"><ol class="steps">${items}</ol></nav>`
}

function renderFold(view: PurchaseView, look: Look): Html {
  const { summary } = look.words
  const amount = look.formats.money(view.cart.totals.amountDue)
  return html`<details class="fold card"><summary><span>${summary.show}</span> <span class="number">${amount}</span></summary>${renderSummary(view.cart, look, view.order !== undefined)}</details>`
}

/** Takes the focus when the page opens; each fault leads to its field. */
function renderErrors(errors: readonly FieldError[], words: Look['words']): Html | undefined {
  if (errors.length === 0) return undefined
  const items = errors.map(({ field, message }) =>
    field === '' ? html`<li>${message}</li>` : html`<li><a href="#${field}">${message}</a></li>`,
  )
  return html`<div class="errors" role="alert" id="errors" tabindex="-1" aria-labelledby="errors-title"><h2 id="errors-title">${words.notice.fix(errors.length)}</h2><ul>${items}</ul></div>`
}

function renderFoot({ look, form }: PageParts): Html {
  const { brand, words, language } = look
  const legal = brand.legal.map(({ label, url }) => html`<li><a href="${url}">${label}</a></li>`)
  const languages = languageTags.map(tag => {
    const name = wordsIn(tag).language
    if (tag === language) return html`<li><span lang="${tag}" aria-current="true">${name}</span></li>`
    return form === undefined
      ? html`<li><a href="?language=${tag}" lang="${tag}" hreflang="${tag}">${name}</a></li>`
      : html`<li><button class="plain" form="${form}" name="do" value="language ${tag}" formnovalidate lang="${tag}">${name}</button></li>`
  })
  return html`<footer class="foot"><ul>${legal}</ul><nav aria-label="${words.languages}"><ul>${languages}</ul></nav></footer>`
}
