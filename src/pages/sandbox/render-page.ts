import { createFormats } from '../checkout/formats.js'
import { acceptedLanguage, type LanguageTag, wordsIn } from '../checkout/languages.js'
import { pageStyle } from '../checkout/page-style.js'
import { type Html, html, policyHash, trusted } from '../html.js'
import type { DeskView } from './sandbox-desk.js'

/** The page's own style sheet by its hash: nothing else is loaded, and no script runs. */
export const styleSource = policyHash(pageStyle)

/** Of a request's `Accept-Language`; English where it asks for none that the page speaks. */
export function languageFor(header: string | undefined): LanguageTag {
  return acceptedLanguage(header) ?? 'en'
}

function document(language: LanguageTag, title: string, body: Html): string {
  const { sandbox } = wordsIn(language)
  const page = html`<!doctype html>
<html lang="${language}" dir="${wordsIn(language).direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(pageStyle)}</style>
</head>
<body>
<div class="body desk">
<main class="card">
<p class="tag">${sandbox.mark}</p>
<h1>${title}</h1>
${body}
</main>
</div>
</body>
</html>
`
  return page.html
}

function summary(view: DeskView, language: LanguageTag): Html {
  const { sandbox } = wordsIn(language)
  const { money } = createFormats(language, language, view.currency, 'UTC')
  return html`<dl class="facts">
<div><dt>${sandbox.order}</dt><dd>${view.orderNumber}</dd></div>
<div><dt>${sandbox.amount}</dt><dd class="sum">${money(view.amount)}</dd></div>
</dl>`
}

/** Where the shopper decides: three buttons of one form, which works without script. */
export function renderOpenPage(view: DeskView, language: LanguageTag): string {
  const { sandbox } = wordsIn(language)
  return document(
    language,
    sandbox.title,
    html`${summary(view, language)}
<form method="post" class="choices">
<button class="go" name="decision" value="approved">${sandbox.approve}</button>
<button name="decision" value="declined">${sandbox.decline}</button>
<button name="decision" value="canceled">${sandbox.cancel}</button>
</form>`,
  )
}

/** What became of a payment that is decided; with the way back where the shop gave one. */
export function renderDecidedPage(
  view: DeskView,
  state: Exclude<DeskView['state'], 'open'>,
  language: LanguageTag,
): string {
  const { sandbox } = wordsIn(language)
  const back =
    view.returnUrl === undefined
      ? html`<p>${sandbox.close}</p>`
      : html`<p class="choices"><a class="button go" href="${view.returnUrl}">${sandbox.back}</a></p>`
  return document(language, sandbox[state], html`${summary(view, language)}\n${back}`)
}

/** A page with one sentence, for everything that cannot be shown. */
export function renderNotice(title: string, sentence: string, language: LanguageTag): string {
  return document(language, title, html`<p>${sentence}</p>`)
}
