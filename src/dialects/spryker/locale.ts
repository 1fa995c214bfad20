import Negotiator from 'negotiator'
import type { Channel } from '../../core/catalog/channel.js'

/**
 * The channel's locale that `acceptLanguage` asks for, by language code (`de, en;q=0.9` finds `de_DE`); unknown or
 * missing: the channel's default. Spelled with an underscore, as `Content-Language` has it here.
 */
export function negotiateLocale(acceptLanguage: string | undefined, channel: Channel): string {
  const locales = [channel.locale, ...channel.locales]
  const languages = [...new Set(locales.map(languageOf))]
  const header = acceptLanguage?.trim() ?? ''
  const language = header === '' ? undefined : choose(header, languages)
  const locale = locales.find(each => languageOf(each) === language) ?? channel.locale
  return locale.replace('-', '_')
}

function choose(acceptLanguage: string, languages: readonly string[]): string | undefined {
  // `de_DE` is no language tag, but stored locales are written so and some clients send them back.
  const headers = { 'accept-language': acceptLanguage.replaceAll('_', '-') }
  return new Negotiator({ headers }).language([...languages])
}

/** `de` of `de_DE` or `de-DE`. */
export function languageOf(locale: string): string {
  return (locale.split(/[-_]/)[0] ?? locale).toLowerCase()
}
