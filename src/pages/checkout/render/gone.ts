import type { WireResponse } from '../../../dialects/dialect.js'
import { html } from '../../html.js'
import { createFormats } from '../formats.js'
import { acceptedLanguage, languageOf, wordsIn } from '../languages.js'
import type { Look, PageRequest } from '../page-call.js'
import type { Words } from '../words/en.js'
import { respondPage } from './layout.js'

/** Why nothing of a cart is shown. */
export type WhyGone = Exclude<keyof Words['gone'], 'title' | 'tryAgain'>

/** A kind word instead of a page that cannot be shown; tells nothing of any cart or shop. */
export function renderGone(
  wire: Pick<PageRequest, 'headers' | 'path' | 'query' | 'frame'>,
  status: number,
  why: WhyGone,
  headers: WireResponse['headers'] = {},
): WireResponse {
  const wanted = languageOf(wire.query.get('language') ?? undefined)
  const language = wanted ?? acceptedLanguage(wire.headers['accept-language']) ?? 'en'
  const words = wordsIn(language)
  const look: Look = {
    language,
    words,
    formats: createFormats(language, language, 'EUR', 'UTC'),
    brand: {
      name: words.checkout,
      accent: { color: '#14604a', ink: '#ffffff' },
      night: { color: '#67d0aa', ink: '#10141a' },
      legal: [],
    },
    ...(wire.frame === undefined ? {} : { frame: wire.frame }),
  }
  const again =
    why === 'form' ? html`<p><a class="button" href="${wire.path}">${words.gone.tryAgain}</a></p>` : undefined
  const body = html`<section class="card"><p>${words.gone[why]}</p>${again}</section>`
  return respondPage({ look, status, title: words.gone.title, body, headers })
}
