import { describe, expect, test } from 'vitest'
import { ConfigError, describeDatabase, environmentVariables, readConfig, unknownVariables } from '../../src/config.js'

const dialects = ['spryker', 'vtex']
const read = (environment: Record<string, string>) => readConfig(environment, dialects)

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    read(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
  }
  return []
}

describe('an empty environment', () => {
  test('gives the defaults that the README names', () => {
    expect(read({})).toMatchObject({
      http: { port: 8080, host: '0.0.0.0', trustProxy: false, requestMilliseconds: 30_000 },
      database: { kind: 'embedded', directory: '.polytill' },
      logLevel: 'info',
      recoverEveryMilliseconds: 5_000,
      mounts: {},
    })
    expect(read({})).not.toHaveProperty('adminKey')
  })

  test('is the same as one in which everything is empty or blank', () => {
    const blank = Object.fromEntries(
      Object.keys(environmentVariables).map((name, index) => [name, ' '.repeat(index % 3)]),
    )
    expect(read(blank)).toEqual(read({}))
  })
})

test('all problems are told in one message', () => {
  const environment = {
    PORT: 'eighty',
    DATABASE_URL: 'mysql://localhost',
    POLYTILL_ADMIN_KEY: 'short',
    LOG_LEVEL: 'loud',
    POLYTILL_BASE_URL: 'ftp://x',
    POLYTILL_MOUNTS: 'nobody=/x spryker=??',
  }
  const problems = problemsOf(environment)
  for (const name of Object.keys(environment)) {
    expect(problems.filter(problem => problem.startsWith(name)).length, name).toBeGreaterThan(0)
  }
  expect(() => read(environment)).toThrow(problems[5])
})

test('an admin key that is refused is not repeated in the message', () => {
  expect(problemsOf({ POLYTILL_ADMIN_KEY: 'sesame' }).join()).not.toContain('sesame')
})

test.each([
  ['spryker=/glue', { onOrigin: false, prefixes: ['/glue'], hosts: [], ports: [] }],
  ['spryker=Glue.shop.test', { onOrigin: false, prefixes: [], hosts: ['glue.shop.test'], ports: [] }],
  ['spryker=:9001,spryker=root', { onOrigin: true, prefixes: [], hosts: [], ports: [9001] }],
  ['spryker@de', { onOrigin: true, prefixes: [], hosts: [], ports: [], channel: 'de' }],
  ['spryker@de spryker=/a/b', { onOrigin: false, prefixes: ['/a/b'], hosts: [], ports: [], channel: 'de' }],
])('the mounts %s are read', (text, expected) => {
  expect(read({ POLYTILL_MOUNTS: text }).mounts.spryker).toEqual(expected)
})

test.each(['spryker=/glue/', 'spryker=:0', 'spryker=:70000', 'spryker=', 'spryker', 'spryker=/a b', 'SPRYKER=/x'])(
  'the mounts %s are refused',
  text => {
    expect(problemsOf({ POLYTILL_MOUNTS: text }).length).toBeGreaterThan(0)
  },
)

test.each([
  [{ DATABASE_URL: 'postgres://shop:hunter2@db.test:5432/shop' }, 'PostgreSQL at db.test:5432/shop'],
  [{ DATABASE_URL: 'memory:' }, 'embedded PostgreSQL in memory, gone when the process ends'],
  [{ POLYTILL_DATA_DIR: '/var/lib/till' }, 'embedded PostgreSQL in /var/lib/till'],
])('a database is described without its password', (environment, expected) => {
  expect(describeDatabase(read(environment).database)).toBe(expected)
})

test('a base URL loses the slash at its end', () => {
  expect(read({ POLYTILL_BASE_URL: 'https://shop.test/checkout/' }).http.baseUrl).toBe('https://shop.test/checkout')
})

test('a misspelt variable is found, ours and those of others are not', () => {
  const environment = { POLYTILL_BASEURL: 'x', POLYTILL_BASE_URL: 'x', PATH: '/bin' }
  expect(unknownVariables(environment)).toEqual(['POLYTILL_BASEURL'])
})
