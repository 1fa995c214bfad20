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

test('a number of processes that cannot be is told as any other word', () => {
  for (const written of ['0', '-1', '257', '1.5', 'many']) {
    expect(problemsOf({ DATABASE_URL: 'postgres://h/x', POLYTILL_PROCESSES: written }), written).toEqual([
      'POLYTILL_PROCESSES must be all or a whole number from 1 to 256',
    ])
  }
  expect(read({ DATABASE_URL: 'postgres://h/x', POLYTILL_PROCESSES: '256' }).processes).toBe(256)
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

test.each(['correct horse battery staple', 'schlüssel-der-verwaltung'])(
  'the admin key "%s" is refused, since no header could carry it',
  key => {
    expect(problemsOf({ POLYTILL_ADMIN_KEY: key }).join()).toMatch(/^POLYTILL_ADMIN_KEY must have .* without spaces$/)
  },
)

test.each(['https://shop.test/?x=1', 'https://shop.test/#top', 'https://user:word@shop.test'])(
  'the base URL %s is refused, since nothing can stand behind it',
  url => {
    expect(problemsOf({ POLYTILL_BASE_URL: url }).join()).toContain('POLYTILL_BASE_URL must ')
  },
)

test.each(['postgres://shop:hunter2@db.test:99999/shop', 'postgres://shop:hunt/er2@db.test/shop'])(
  'the database %s, which is no address, is refused without a word of it',
  url => {
    const [problem = ''] = problemsOf({ DATABASE_URL: url })
    expect(problem).toMatch(/^DATABASE_URL must be /)
    expect(problem).not.toContain('hunt')
  },
)

test('a dialect gets no place that is taken: a page of our own, or the shared port', () => {
  for (const prefix of ['/admin', '/pay', '/docs/glue', '/sandbox', '/health', '/metrics']) {
    expect(problemsOf({ POLYTILL_MOUNTS: `spryker=${prefix}` })).toEqual([
      `POLYTILL_MOUNTS "${prefix}" in "spryker=${prefix}" is an address of Polytill itself`,
    ])
  }
  expect(problemsOf({ PORT: '9001', POLYTILL_MOUNTS: 'vtex=:9001' })).toEqual([
    'POLYTILL_MOUNTS must give vtex another port than PORT, 9001, which is the shared one',
  ])
  expect(problemsOf({ POLYTILL_MOUNTS: 'spryker=/payments' })).toEqual([])
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
