import type { Cart } from '../../core/cart/cart.js'
import type { Channel } from '../../core/catalog/channel.js'
import { de } from './words/de.js'
import { en, type Words } from './words/en.js'
import { es } from './words/es.js'
import { ptBr } from './words/pt-br.js'

/** Languages that the page speaks, as BCP 47. */
export type LanguageTag = 'en' | 'de' | 'pt-BR' | 'es'

/** Every catalogue, in the order in which languages are offered. */
export const catalogues: Readonly<Record<LanguageTag, Words>> = { en, de, 'pt-BR': ptBr, es }

/** All languages, in that order. */
export const languageTags = Object.keys(catalogues) as readonly LanguageTag[]

/** The texts of a language. */
export function wordsIn(language: LanguageTag): Words {
  return catalogues[language]
}

/** The language that a tag asks for, by its first part (`de_AT` is `de`); undefined where the page does not speak it. */
export function languageOf(tag: string | undefined): LanguageTag | undefined {
  const [first = ''] = (tag ?? '').toLowerCase().split(/[-_]/)
  return first === '' ? undefined : languageTags.find(each => each.toLowerCase().split('-')[0] === first)
}

/** The first language of an `Accept-Language` that the page speaks, the most wanted first. */
export function acceptedLanguage(header: string | undefined): LanguageTag | undefined {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map(part => {
      const [tag = '', ...options] = part.trim().split(';')
      const weight = options.map(option => /^\s*q=([\d.]+)$/.exec(option)?.[1]).find(each => each !== undefined)
      return { tag, weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  return wanted.map(({ tag }) => languageOf(tag)).find(each => each !== undefined)
}

/**
 * What the shopper chose here; else the locale that was set on the cart, where it is another than the channel's own; else
 * what the browser asks for; else the channel's.
 */
export function chooseLanguage(from: {
  readonly chosen: string | undefined
  readonly cart: Pick<Cart, 'locale' | 'preferences'>
  readonly channel: Pick<Channel, 'locale'>
  readonly header: string | undefined
}): LanguageTag {
  const { chosen, cart, channel, header } = from
  const set = cart.preferences.locale ?? (cart.locale === channel.locale ? undefined : cart.locale)
  return languageOf(chosen) ?? languageOf(set) ?? acceptedLanguage(header) ?? languageOf(channel.locale) ?? 'en'
}
