import { createHash } from 'node:crypto'
import { toDecimal } from '../../core/money.js'
import type { DeskView } from './sandbox-desk.js'

const style = `
:root{color-scheme:light dark;--back:#f4f5f7;--card:#fff;--ink:#1b1f27;--soft:#5a6270;--line:#d5d9e0;--edge:#7d8594;--go:#0b6b4f;--go-ink:#fff;--mark:#fff3cd;--mark-ink:#5c4300}
@media (prefers-color-scheme:dark){:root{--back:#12151b;--card:#1b2029;--ink:#eceff4;--soft:#a9b2c0;--line:#3a4250;--edge:#8791a3;--go:#56c9a3;--go-ink:#06231a;--mark:#3d3212;--mark-ink:#ffe6a0}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:27rem;margin:0 auto;padding:clamp(1rem,6vh,4rem) 1rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.5rem}
.mark{margin:0 0 1rem;padding:.5rem .75rem;border-radius:.5rem;background:var(--mark);color:var(--mark-ink);font-size:.875rem}
h1{margin:0 0 1rem;font-size:1.375rem;line-height:1.25}
p{margin:0 0 1rem}
dl{margin:0 0 1.5rem;border-top:1px solid var(--line)}
dl div{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:0 1rem;padding:.625rem 0;border-bottom:1px solid var(--line)}
dt{color:var(--soft)}
dd{margin:0;font-weight:600;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.total dd{font-size:1.25rem}
form{display:grid;gap:.625rem}
button,.button{display:block;width:100%;min-height:2.75rem;padding:.625rem 1rem;border:1px solid var(--edge);border-radius:.5rem;background:transparent;color:inherit;font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
.go{background:var(--go);border-color:var(--go);color:var(--go-ink)}
button:hover,.button:hover{text-decoration:underline}
:focus-visible{outline:3px solid currentColor;outline-offset:2px}
.go:focus-visible{outline-color:var(--go)}
`

/** The page's own style sheet by its hash: nothing else is loaded, and no script runs. */
export const styleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

/** Text as HTML text or attribute value. */
function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, character => entities[character] ?? character)
}

function amountText(view: DeskView): string {
  return `${toDecimal(view.amount, view.currency)} ${view.currency}`
}

function document(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<div class="card">
<p class="mark">Test gateway: no money moves here.</p>
${body}
</div>
</main>
</body>
</html>
`
}

function summary(view: DeskView): string {
  return `<dl>
<div><dt>Order</dt><dd>${escapeHtml(view.orderNumber)}</dd></div>
<div class="total"><dt>Amount</dt><dd>${escapeHtml(amountText(view))}</dd></div>
</dl>`
}

/** Where the shopper decides: three buttons of one form, which works without script. */
export function renderOpenPage(view: DeskView): string {
  return document(
    `Pay order ${view.orderNumber}`,
    `<h1>Confirm your payment</h1>
${summary(view)}
<form method="post">
<button class="go" name="decision" value="approved">Approve</button>
<button name="decision" value="declined">Decline</button>
<button name="decision" value="canceled">Cancel and go back</button>
</form>`,
  )
}

const headlines: Readonly<Record<Exclude<DeskView['state'], 'open'>, string>> = {
  approved: 'Payment approved',
  declined: 'Payment declined',
  canceled: 'Payment canceled',
  closed: 'This payment is no longer needed',
}

/** What became of a payment that is decided; with the way back where the shop gave one. */
export function renderDecidedPage(view: DeskView, state: Exclude<DeskView['state'], 'open'>): string {
  const back =
    view.returnUrl === undefined
      ? '<p>You may close this page and go back to the shop.</p>'
      : `<a class="button go" href="${escapeHtml(view.returnUrl)}">Back to the shop</a>`
  return document(headlines[state], `<h1>${headlines[state]}</h1>\n${summary(view)}\n${back}`)
}

/** A page with one sentence, for everything that cannot be shown. */
export function renderNotice(title: string, sentence: string): string {
  return document(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(sentence)}</p>`)
}
