import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { listProjectFiles, root } from './source-files.js'

/** Largest text file that is searched, bytes; data files may be larger. */
const searchedBytes = 2_000_000

const texts = listProjectFiles()
  .filter(path => statSync(join(root, path), { throwIfNoEntry: false })?.isFile())
  .filter(path => !/\.(png|jpg|gz|wasm|data|ico)$/.test(path) && statSync(join(root, path)).size < searchedBytes)
  .map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/** Texts that would say where or on what the project was made; in pieces, so that this file does not hold them. */
const traces: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'a folder of one machine',
    pattern: new RegExp(`(^|[\\s'"\`(=:])/(${['work', 'home', 'tmp', 'Users'].join('|')})/[a-z]`, 'm'),
  },
  {
    what: 'a registry or mirror',
    pattern: /registry\.[a-z0-9-]+\.[a-z]{2,}\b|\b(npm|pypi|proxy)\.(internal|corp|local)\b/i,
  },
  { what: 'an address inside a network', pattern: /https?:\/\/(10\.\d+|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+/ },
]

test.each(traces)('no file holds $what', ({ pattern }) => {
  const found = texts
    .filter(({ path }) => path !== 'test/house/project-files.test.ts')
    .filter(({ text }) => pattern.test(text))
  expect(found.map(({ path, text }) => `${path}: ${pattern.exec(text)?.[0]}`)).toEqual([])
})

/** Ours, and the packages that only CI installs. */
const packages = ['.', 'test/browser/sdk']

test.each(packages)('the lock file in %s names no server that packages came from', folder => {
  const lock = readFileSync(join(root, folder, 'package-lock.json'), 'utf8')
  expect(lock).not.toContain('"resolved"')
})

test.each(packages)('versions in the package.json in %s are exact', folder => {
  const versions = z.record(z.string(), z.string())
  const manifest = z
    .object({ dependencies: versions, devDependencies: versions.default({}) })
    .parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')))
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    ([, version]) => !/^(npm:@?[\w./-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  )
  expect(loose).toEqual([])
})

test('CI asks for the tests in a browser, which skip themselves elsewhere', () => {
  const run = readFileSync(join(root, '.ci/run'), 'utf8')
  expect(run).toMatch(/^export POLYTILL_BROWSER=1$[\s\S]*^npm test$/m)
})

test('the changelog has a place for what comes next', () => {
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  expect(changelog).toMatch(/^## \[Unreleased\]$/m)
})

test.each(['README.md', 'CONTRIBUTING.md', 'LICENSE', 'docs/glossary.md', 'docs/decisions/0001-one-package.md'])(
  '%s is there and says something',
  path => {
    expect(readFileSync(join(root, path), 'utf8').length).toBeGreaterThan(500)
  },
)

test('links between our own documents lead somewhere', () => {
  const broken = texts
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map(([, target = '']) => ({ path, target, file: join(root, path, '..', target) }))
        .filter(({ file }) => !statSync(file, { throwIfNoEntry: false })),
    )
  expect(broken.map(({ path, target }) => `${path}: ${target}`)).toEqual([])
})
