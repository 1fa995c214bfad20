import { expect, it } from 'vitest'
import { isStartToken, writeStartToken } from './start-token.js'

const secret = 'a-secret-of-the-store'
const now = new Date('2026-11-21T08:00:00.000Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000)

it('does for a day, at the store that made it', () => {
  const token = writeStartToken(secret, now)
  expect(token).toMatch(/^[0-9A-F]{64}$/)
  expect(isStartToken(token, secret, now)).toBe(true)
  expect(isStartToken(token, secret, later(86_399))).toBe(true)
  expect(isStartToken(token, secret, later(86_400))).toBe(false)
  expect(isStartToken(token, 'another secret', now)).toBe(false)
})

it('is another one each time', () => {
  expect(new Set(Array.from({ length: 100 }, () => writeStartToken(secret, now))).size).toBe(100)
})

it('cannot be changed in any place, made longer or written otherwise', () => {
  const token = writeStartToken(secret, now)
  for (let at = 0; at < token.length; at += 1) {
    const changed = `${token.slice(0, at)}${token[at] === '0' ? '1' : '0'}${token.slice(at + 1)}`
    expect(isStartToken(changed, secret, now), `${at}`).toBe(false)
  }
  for (const other of ['', 'x', token.toLowerCase(), `${token}00`, token.slice(2), ` ${token}`, 'é'.repeat(64)]) {
    expect(isStartToken(other, secret, now), other).toBe(token === other)
  }
})
