import { describe, expect, it } from 'vitest'
import { acceptedLanguage, catalogues, chooseLanguage, languageOf, languageTags } from './languages.js'

/** Dotted names of everything that a catalogue says, with how many things each sentence is made of. */
function keysOf(texts: object, prefix = ''): readonly string[] {
  return Object.entries(texts).flatMap(([name, value]) => {
    if (typeof value === 'object' && value !== null) return keysOf(value, `${prefix}${name}.`)
    return typeof value === 'function' ? [`${prefix}${name}(${value.length})`] : [`${prefix}${name}`]
  })
}

/** Every sentence of a catalogue, made of telling parts. */
function sentencesOf(texts: object): readonly (readonly [string, string])[] {
  return Object.entries(texts).flatMap(([name, value]): readonly (readonly [string, string])[] => {
    if (typeof value === 'object' && value !== null) return sentencesOf(value)
    return [[name, typeof value === 'function' ? value('<one>', '<two>') : value]]
  })
}

describe.each(languageTags.filter(tag => tag !== 'en'))('the catalogue of %s', tag => {
  it('has the same keys as the English one, with as many parts each', () => {
    expect(keysOf(catalogues[tag])).toEqual(keysOf(catalogues.en))
  })

  it('leaves no part out of a sentence, and leaves no sentence empty', () => {
    const english = sentencesOf(catalogues.en)
    for (const [index, [name, sentence]] of sentencesOf(catalogues[tag]).entries()) {
      const expected = english[index]?.[1].match(/<(one|two)>/g) ?? []
      expect([name, [...(sentence.match(/<(one|two)>/g) ?? [])].sort()]).toEqual([name, [...expected].sort()])
      expect([name, sentence.trim()]).not.toEqual([name, ''])
    }
  })

  it('says hardly anything in English', () => {
    const english = new Set(sentencesOf(catalogues.en).map(([, sentence]) => sentence))
    const same = sentencesOf(catalogues[tag]).filter(([, sentence]) => english.has(sentence) && sentence.length > 12)
    expect(same).toEqual([])
  })
})

describe('which language is spoken', () => {
  it.each([
    ['de', 'de'],
    ['de_AT', 'de'],
    ['PT', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['es-MX', 'es'],
    ['fr', undefined],
    ['', undefined],
    [undefined, undefined],
    ['__proto__', undefined],
  ])('%s is %s', (tag, expected) => {
    expect(languageOf(tag)).toBe(expected)
  })

  it.each([
    ['de-CH, en;q=0.9', 'de'],
    ['fr, en;q=0.2, es;q=0.8', 'es'],
    ['de;q=0, en;q=0.1', 'en'],
    ['*', undefined],
    [';;;q=x,,', undefined],
    [undefined, undefined],
  ])('a browser that asks for %s gets %s', (header, expected) => {
    expect(acceptedLanguage(header)).toBe(expected)
  })

  it('what was chosen counts first, then the cart, then the browser, then the channel', () => {
    const channel = { locale: 'es_ES' }
    const cart = { locale: 'es_ES', preferences: {} }
    const base = { chosen: undefined, cart, channel, header: undefined }
    expect(chooseLanguage(base)).toBe('es')
    expect(chooseLanguage({ ...base, header: 'en' })).toBe('en')
    expect(chooseLanguage({ ...base, header: 'en', cart: { ...cart, locale: 'de_DE' } })).toBe('de')
    expect(chooseLanguage({ ...base, header: 'en', cart: { ...cart, preferences: { locale: 'pt-BR' } } })).toBe('pt-BR')
    expect(chooseLanguage({ ...base, chosen: 'es', cart: { ...cart, locale: 'de_DE' }, header: 'en' })).toBe('es')
    expect(chooseLanguage({ ...base, channel: { locale: 'fr' }, cart: { ...cart, locale: 'fr' } })).toBe('en')
  })
})
