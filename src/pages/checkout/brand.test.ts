import { describe, expect, it } from 'vitest'
import { brandOf, contrast } from './brand.js'

const channel = (page: object, urls: Record<string, string> = {}) => ({
  name: 'Germany',
  settings: { page: page as Record<string, string> },
  urls,
})

describe('the looks of a channel', () => {
  it('are its own, in the language of the shopper', () => {
    const page = {
      name: 'Fern & Co.',
      logoUrl: '/logo.svg',
      shopUrl: 'https://fern.test/',
      color: '#7a1f5c',
      nightColor: '#f0a6d8',
      welcome: { en: 'Hello', de: 'Hallo' },
      farewell: 'Bye',
      legal: [{ label: { de: 'AGB', en: 'Terms' }, url: 'https://fern.test/terms' }],
    }
    expect(brandOf(channel(page), 'de')).toEqual({
      name: 'Fern & Co.',
      logoUrl: '/logo.svg',
      shopUrl: 'https://fern.test/',
      accent: { color: '#7a1f5c', ink: '#ffffff' },
      night: { color: '#f0a6d8', ink: '#10141a' },
      welcome: 'Hallo',
      farewell: 'Bye',
      legal: [{ label: 'AGB', url: 'https://fern.test/terms' }],
    })
    expect(brandOf(channel(page), 'es')).toMatchObject({ welcome: 'Hello', legal: [{ label: 'Terms' }] })
  })

  it('are ours where it has none', () => {
    const { settings: _none, ...bare } = channel({})
    expect(brandOf({ ...bare, settings: {} }, 'en')).toEqual({
      name: 'Germany',
      accent: { color: '#14604a', ink: '#ffffff' },
      night: { color: '#67d0aa', ink: '#10141a' },
      legal: [],
    })
    expect(brandOf({ ...bare, settings: {}, urls: { shop: 'https://x.test' } }, 'en').shopUrl).toBe('https://x.test')
  })

  it.each(['#ffff00', '#cccccc', '#fff', 'red', '#12345g', 7])(
    'a color that cannot be read (%s) is not taken',
    color => {
      const { accent, night } = brandOf(channel({ color, nightColor: '#000000' }), 'en')
      expect(contrast(accent.color, '#ffffff')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(accent.color, accent.ink)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(night.color, '#1b1f26')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(night.color, night.ink)).toBeGreaterThanOrEqual(4.5)
    },
  )

  it.each(['javascript:alert(1)', '//evil.test', 'data:text/html,x', 'logo.svg'])('%s is no address', url => {
    const brand = brandOf(channel({ logoUrl: url, shopUrl: url, legal: [{ label: 'x', url }] }), 'en')
    expect(brand).not.toHaveProperty('logoUrl')
    expect(brand).not.toHaveProperty('shopUrl')
    expect(brand.legal).toEqual([])
  })

  it('settings of another shape change nothing', () => {
    expect(brandOf(channel({ name: 5 }), 'en')).toMatchObject({ name: 'Germany', legal: [] })
  })
})

it('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})
