import { afterEach, expect, it } from 'vitest'
import { instantNamed } from './instants.js'

const zone = process.env.TZ

afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

it.each([
  ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02T03:04:05.678+02:00', '2026-01-02T01:04:05.678Z'],
  ['2026-01-02T03:04:05-0600', '2026-01-02T09:04:05.000Z'],
  ['Fri, 02 Jan 2026 03:04:05 +0000', '2026-01-02T03:04:05.000Z'],
  ['Fri, 02 Jan 2026 03:04:05 GMT', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02', '2026-01-02T00:00:00.000Z'],
  // No zone is named: it is not the server's.
  ['2026-01-02T03:04:05', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02 03:04:05', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02T03:04', '2026-01-02T03:04:00.000Z'],
  ['2026-01-02 03:04:05.678', '2026-01-02T03:04:05.678Z'],
  ['Fri, 02 Jan 2026 03:04:05', '2026-01-02T03:04:05.000Z'],
  // A plus in a query that was not escaped came as a space.
  ['2026-01-02T03:04:05 00:00', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02T03:04:05.678 0200', '2026-01-02T01:04:05.678Z'],
  ['Fri, 02 Jan 2026 03:04:05 0200', '2026-01-02T01:04:05.000Z'],
  ['yesterday', undefined],
  ['', undefined],
])('%s is the same instant wherever the server stands', (text, instant) => {
  for (const there of ['UTC', 'Asia/Tokyo']) {
    process.env.TZ = there
    expect([there, instantNamed(text)]).toEqual([there, instant])
  }
})
