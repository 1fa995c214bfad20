import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { importRules, packageOwners } from './import-rules.js'
import { importsOf, lineOf, readSourceFiles, type SourceFile } from './source-files.js'

const ours = readSourceFiles().filter(file => file.path.startsWith('src/') && !file.path.endsWith('.test.ts'))

function inSource(file: SourceFile): string {
  return file.path.slice('src/'.length)
}

/** What a file imports against the rules, as sentences. */
function offences(file: SourceFile): readonly string[] {
  const path = inSource(file)
  const rule = importRules.find(each => each.files.test(path))
  if (!rule) return [`${file.path} is in no folder that import-rules.ts knows`]
  const own = rule.files.exec(path)?.[1] ?? ''
  const allowed = rule.mayImport.map(each => each.replace('<own>', own))
  return importsOf(file).flatMap(({ target, isOurs, line }) => {
    const inside = target.slice('src/'.length)
    const isFine = isOurs
      ? target.startsWith('src/') && allowed.some(each => inside.startsWith(each))
      : (rule.packages?.includes(target) ?? true)
    return isFine ? [] : [`${file.path}:${line} imports ${target}, but ${rule.because}`]
  })
}

test('each folder imports only what it may', () => {
  expect(ours.flatMap(offences)).toEqual([])
})

test('packages that one folder chose are imported nowhere else', () => {
  const strays = ours.flatMap(file =>
    importsOf(file).flatMap(({ target, line }) => {
      const owners = packageOwners[target]
      return owners === undefined || owners.some(owner => inSource(file).startsWith(owner))
        ? []
        : [`${file.path}:${line} imports ${target}, which belongs to ${owners.join(', ')}`]
    }),
  )
  expect(strays).toEqual([])
})

/** Where a file goes by its own place, which it does not have once it is built; to look for a package it may. */
function ownPlaces(file: SourceFile): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(file.tree) === 'createRequire') return
    if (ts.isMetaProperty(node)) found.push(`${file.path}:${lineOf(file, node)}`)
    ts.forEachChild(node, visit)
  }
  visit(file.tree)
  return found
}

describe('a module goes by no place of its own (docs/decisions/0008-few-files.md)', () => {
  test('but the one that finds all files of the package', () => {
    expect(ours.filter(({ path }) => path !== 'src/own-files.ts').flatMap(ownPlaces)).toEqual([])
  })

  test('one that would is found', () => {
    const text = "createRequire(import.meta.url)\nnew URL('x.sql', import.meta.url)\nimport.meta.dirname"
    const tree = ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2023, true)
    expect(ownPlaces({ path: 'x.ts', text, tree })).toEqual(['x.ts:2', 'x.ts:3'])
  })
})

describe('the rules', () => {
  test('apply to every folder of src', () => {
    const unruled = ours.map(inSource).filter(path => !importRules.some(rule => rule.files.test(path)))
    expect(unruled).toEqual([])
  })

  test.each([
    ['core/cart/cart.ts', 'dialects/vtex/', false],
    ['core/cart/cart.ts', 'core/money.ts', true],
    ['operations/place-order.ts', 'storage/postgres/', false],
    ['dialects/vtex/carts.ts', 'dialects/spryker/', false],
    ['dialects/vtex/carts.ts', 'dialects/vtex/money.ts', true],
    ['payments/stripe/client.ts', 'payments/manual/', false],
  ])('%s may import %s: %s', (path, target, expected) => {
    const rule = importRules.find(each => each.files.test(path))
    const own = rule?.files.exec(path)?.[1] ?? ''
    const allowed = rule?.mayImport.map(each => each.replace('<own>', own)) ?? []
    expect(allowed.some(each => target.startsWith(each))).toBe(expected)
  })
})
