import ts from 'typescript'
import { expect, test } from 'vitest'
import { lineOf, readSourceFiles, type SourceFile } from './source-files.js'

const core = readSourceFiles().filter(file => file.path.startsWith('src/core/') && !file.path.endsWith('.test.ts'))

/** Names of the platform that make the same call answer otherwise another time. */
const impureNames = new Set(
  'process performance crypto fetch setTimeout setInterval setImmediate queueMicrotask console Promise'.split(' '),
)

test('the core asks no clock, throws no dice, waits for nothing', () => {
  expect(core.length).toBeGreaterThan(10)
  expect(core.flatMap(impurities)).toEqual([])
})

test.each([
  ['const at = Date.now()'],
  ['const at = new Date()'],
  ['const dice = Math.random()'],
  ['export async function f() {}'],
  ['export const f = () => fetch("x")'],
  ['setTimeout(f, 1)'],
])('%s would be found', text => {
  const tree = ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2023, true)
  expect(impurities({ path: 'x.ts', text, tree })).toHaveLength(1)
})

test('a date that is given is no clock', () => {
  const text = 'export const day = (at: string) => new Date(at).getUTCDay() + Date.parse(at)'
  const tree = ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2023, true)
  expect(impurities({ path: 'x.ts', text, tree })).toEqual([])
})

function impurities(file: SourceFile): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const what = impurityOf(node)
    if (what !== undefined) found.push(`${file.path}:${lineOf(file, node)} ${what}`)
    ts.forEachChild(node, visit)
  }
  visit(file.tree)
  return found
}

function impurityOf(node: ts.Node): string | undefined {
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async'
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()'
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText()
    return text === 'Date.now' || text === 'Math.random' ? text : undefined
  }
  if (ts.isIdentifier(node) && impureNames.has(node.text)) {
    const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node
    const isName = 'name' in node.parent && node.parent.name === node
    return isMember || isName ? undefined : node.text
  }
  return undefined
}
