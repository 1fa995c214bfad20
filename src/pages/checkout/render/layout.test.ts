import { expect, it } from 'vitest'
import { pageHeaders } from './layout.js'

it('pictures may come from the origins that the shop names, and from nowhere that has none', () => {
  const pictures = [
    'https://cdn.test/a.png',
    '/demo/b.svg',
    'javascript:alert(1)',
    'data:image/png;base64,AA',
    undefined,
  ]
  expect(pageHeaders('n', pictures)['content-security-policy']).toContain("; img-src 'self' https://cdn.test; ")
})
