import { z } from 'zod'
import type { Channel } from '../../core/catalog/channel.js'
import type { LanguageTag } from './languages.js'

/** How a channel's page looks and what it says besides; from the member `page` of the channel's settings. */
export interface Brand {
  readonly name: string
  readonly logoUrl?: string
  /** Where "back to the shop" leads. */
  readonly shopUrl?: string
  /** `#rrggbb`, by day and by night, each readable on its ground. */
  readonly accent: Accent
  readonly night: Accent
  /** A sentence under the heading of the first step. */
  readonly welcome?: string
  /** A sentence on the confirmation. */
  readonly farewell?: string
  readonly legal: readonly { readonly label: string; readonly url: string }[]
}

/** A color and what is written on it. */
export interface Accent {
  readonly color: string
  readonly ink: string
}

const color = z.string().regex(/^#[0-9a-fA-F]{6}$/)
const address = z.string().refine(text => /^(https?:\/\/|\/(?!\/))/.test(text))
/** One text for every language, or one by language (`de`, `pt-BR`). */
const text = z.union([z.string(), z.record(z.string(), z.string())])
const schema = z.object({
  name: z.string().optional(),
  logoUrl: address.optional().catch(undefined),
  shopUrl: address.optional().catch(undefined),
  color: color.optional().catch(undefined),
  nightColor: color.optional().catch(undefined),
  welcome: text.optional(),
  farewell: text.optional(),
  legal: z
    .array(z.object({ label: text, url: address }))
    .catch([])
    .default([]),
})

/** Grounds on which links and buttons stand, by day and by night; `page-style.ts` has the same. */
const grounds = { day: '#ffffff', night: '#1b1f26' } as const
const standard = { day: '#14604a', night: '#67d0aa' } as const

/** Least contrast of text and its ground. WCAG 2.2, 1.4.3. */
const leastContrast = 4.5

/** The looks of a channel; what is missing, unreadable or too pale is ours. */
export function brandOf(
  { name, settings, urls }: Pick<Channel, 'name' | 'settings' | 'urls'>,
  language: LanguageTag,
): Brand {
  const parsed = schema.safeParse(settings.page ?? {})
  const own = parsed.success ? parsed.data : schema.parse({})
  const inLanguage = (texts: z.output<typeof text> | undefined) =>
    typeof texts === 'object' ? (texts[language] ?? texts.en ?? Object.values(texts)[0]) : texts
  const { logoUrl, shopUrl = urls.shop } = own
  const welcome = inLanguage(own.welcome)
  const farewell = inLanguage(own.farewell)
  return {
    name: own.name ?? name,
    accent: accentOn(grounds.day, [own.color, standard.day]),
    night: accentOn(grounds.night, [own.nightColor, own.color, standard.night]),
    legal: own.legal.map(({ label, url }) => ({ label: inLanguage(label) ?? url, url })),
    ...(logoUrl === undefined ? {} : { logoUrl }),
    ...(shopUrl === undefined ? {} : { shopUrl }),
    ...(welcome === undefined ? {} : { welcome }),
    ...(farewell === undefined ? {} : { farewell }),
  }
}

/** The first color that can be read on that ground, with the ink that can be read on it. */
function accentOn(ground: string, wanted: readonly (string | undefined)[]): Accent {
  const readable = wanted.filter(each => each !== undefined).find(each => contrast(each, ground) >= leastContrast)
  const chosen = readable ?? (ground === grounds.day ? standard.day : standard.night)
  return { color: chosen, ink: contrast(chosen, '#ffffff') >= leastContrast ? '#ffffff' : '#10141a' }
}

/** Contrast of two colors, 1 to 21. WCAG 2.2, "contrast ratio". */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
