import { basename } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { lineOf, readSourceFiles, type SourceFile } from './source-files.js'

const longestFile = 400
const longestFunction = 70

/** Files that were too long when this test came; the list only shrinks. */
const oldLongFiles: readonly string[] = []

const files = readSourceFiles()

describe('size', () => {
  test(`no file is longer than ${longestFile} lines`, () => {
    const long = files.filter(file => !oldLongFiles.includes(file.path) && countLines(file.text) > longestFile)
    expect(long.map(file => `${file.path}: ${countLines(file.text)} lines`)).toEqual([])
  })

  test(`no function is longer than ${longestFunction} lines`, () => {
    expect(files.flatMap(longFunctions)).toEqual([])
  })

  test('a function that is too long is found', () => {
    const text = `export function long() {\n${'  step()\n'.repeat(longestFunction)}}`
    const tree = ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2023, true)
    expect(longFunctions({ path: 'x.ts', text, tree })).toEqual([`x.ts:1 has ${longestFunction + 2} lines`])
  })
})

describe('names', () => {
  test('files are in kebab case', () => {
    const odd = files.filter(file => !/^[a-z0-9]+(-[a-z0-9]+)*((\.property)?\.test)?\.ts$/.test(basename(file.path)))
    expect(odd.map(file => file.path)).toEqual([])
  })

  test('no file is named after nothing in particular', () => {
    const vague = /(^|\/|-)(utils?|helpers?|managers?|common|base|misc|impl)(\/|(\.test)?\.ts$)/
    expect(files.map(file => file.path).filter(path => vague.test(path))).toEqual([])
  })
})

describe('the compiler', () => {
  test('is never told to look away', () => {
    const suppressions = /@ts-(ignore|expect-error|nocheck)|biome-ignore|eslint-disable/
    const found = files.filter(file => !file.path.startsWith('test/house/') && suppressions.test(file.text))
    expect(found.map(file => file.path)).toEqual([])
  })

  test('exports have names', () => {
    const unnamed = files.filter(file => file.tree.statements.some(ts.isExportAssignment))
    expect(unnamed.map(file => file.path)).toEqual([])
  })
})

function countLines(text: string): number {
  return text.replace(/\n$/, '').split('\n').length
}

/** Functions beyond the limit; a test's `describe` only groups others and does not count. */
function longFunctions(file: SourceFile): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (isFunction(node) && node.body && !isGroup(node)) {
      const lines = countLines(node.getText(file.tree)) - expectedDataLines(node)
      if (lines > longestFunction) found.push(`${file.path}:${lineOf(file, node)} has ${lines} lines`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file.tree)
  return found
}

/** A whole body that a test compares with is data, not code: its inner lines do not count. */
function expectedDataLines(node: ts.Node): number {
  let lines = 0
  const visit = (inner: ts.Node): void => {
    const isComparison =
      ts.isCallExpression(inner) &&
      ts.isPropertyAccessExpression(inner.expression) &&
      /^(toEqual|toStrictEqual|toMatchObject)$/.test(inner.expression.name.text)
    const [data] = isComparison ? inner.arguments : []
    if (data && (ts.isObjectLiteralExpression(data) || ts.isArrayLiteralExpression(data))) {
      lines += Math.max(0, countLines(data.getText()) - 2)
    } else ts.forEachChild(inner, visit)
  }
  visit(node)
  return lines
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node
}

/** The callback of a `describe`, or a function that registers tests: it groups others, which are measured one by one. */
function isGroup(node: ts.FunctionLikeDeclaration): boolean {
  if (ts.isCallExpression(node.parent) && /^(describe|suite)\b/.test(node.parent.expression.getText())) return true
  const statements = node.body && ts.isBlock(node.body) ? node.body.statements : []
  return statements.some(each => /^(describe|suite|test|it)\b[.(]/.test(each.getText()))
}
