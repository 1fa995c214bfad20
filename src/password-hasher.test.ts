import * as argon2 from '@node-rs/argon2'
import { expect, it, vi } from 'vitest'
import { createPasswordHasher } from './password-hasher.js'

it('keeps a password as nobody can read it, and knows it again', async () => {
  const hasher = createPasswordHasher()
  const stored = await hasher.hash('right password')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(await hasher.hash('right password')).not.toBe(stored)
  expect(await hasher.verify(stored, 'right password')).toBe(true)
  expect(await hasher.verify(stored, 'Right password')).toBe(false)
  expect(await hasher.verify(stored, '')).toBe(false)
  expect(await hasher.verify('no hash at all', 'right password')).toBe(false)
  expect(await hasher.verify(undefined, 'right password')).toBe(false)
})

it('hashes as much for an unknown account as for a known one', async () => {
  const verify = vi.fn(argon2.verify)
  const hasher = createPasswordHasher({ hash: argon2.hash, verify })
  const stored = await hasher.hash('right password')
  await hasher.verify(stored, 'wrong')
  await hasher.verify(undefined, 'wrong')
  // The algorithm and its parameters, the lengths of salt and digest, and the password.
  const costs = verify.mock.calls.map(([hash, password]) => {
    const [, algorithm, version, parameters, salt, digest] = hash.toString().split('$')
    return [algorithm, version, parameters, salt?.length, digest?.length, password]
  })
  const cost = ['argon2id', 'v=19', 'm=19456,t=2,p=1', 22, 43, 'wrong']
  expect(costs).toEqual([cost, cost])
})
