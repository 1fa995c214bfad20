import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { readDeclaredErrors, renderErrors } from '../../scripts/render-errors.js'
import { errorCodes } from '../../src/core/errors.js'
import { dialects } from '../../src/dialects/index.js'
import { readSourceFiles, root, type SourceFile } from './source-files.js'

const files = readSourceFiles()
const declared = readDeclaredErrors(readFileSync(join(root, 'src/core/errors.ts'), 'utf8'))

test('the list of codes is the union of refusals, each once', () => {
  expect(declared.length).toBeGreaterThan(20)
  expect([...errorCodes].sort()).toEqual(declared.map(error => error.code).sort())
  expect(new Set(errorCodes).size).toBe(errorCodes.length)
})

test('docs/errors.md is up to date (npx tsx scripts/endpoints.ts)', () => {
  expect(readFileSync(join(root, 'docs/errors.md'), 'utf8')).toBe(renderErrors(declared))
})

describe.each(dialects.map(dialect => dialect.name))('%s', name => {
  test('words every refusal of the core, and none that is not there', () => {
    const own = files.filter(file => file.path.startsWith(`src/dialects/${name}/`))
    const tables = own.flatMap(errorTables)
    expect(tables.length, 'object literals that satisfy WireErrorTable').toBeGreaterThan(0)
    for (const table of tables) expect([...table].sort()).toEqual([...errorCodes].sort())
  })

  test('keeps that table in errors.ts', () => {
    const file = files.find(each => each.path === `src/dialects/${name}/errors.ts`)
    expect(file?.text).toContain('WireErrorTable')
  })
})

/** Keys of each object literal that is checked against, or annotated as, `WireErrorTable`; spreads are followed. */
function errorTables(file: SourceFile): readonly (readonly string[])[] {
  const found: (readonly string[])[] = []
  const visit = (node: ts.Node): void => {
    const literal = tableLiteral(node)
    if (literal) found.push(keysOf(literal))
    ts.forEachChild(node, visit)
  }
  visit(file.tree)
  return found
}

function tableLiteral(node: ts.Node): ts.ObjectLiteralExpression | undefined {
  const typed = ts.isSatisfiesExpression(node)
    ? { type: node.type, value: node.expression }
    : ts.isVariableDeclaration(node) && node.type
      ? { type: node.type, value: node.initializer }
      : undefined
  if (!typed?.value || !/^WireErrorTable\b/.test(typed.type.getText())) return undefined
  return ts.isObjectLiteralExpression(typed.value) ? typed.value : undefined
}

/** Names of members, with those of objects of the project that are spread into it. */
function keysOf(literal: ts.ObjectLiteralExpression): readonly string[] {
  return literal.properties.flatMap(property => {
    if (!ts.isSpreadAssignment(property)) return property.name ? [property.name.getText().replaceAll("'", '')] : []
    const name = property.expression.getText()
    return files.flatMap(file => file.tree.statements.flatMap(statement => keysOfConstant(statement, name)))
  })
}

function keysOfConstant(statement: ts.Statement, name: string): readonly string[] {
  if (!ts.isVariableStatement(statement)) return []
  const declaration = statement.declarationList.declarations.find(each => each.name.getText() === name)
  const value = declaration?.initializer
  const bare = value && ts.isSatisfiesExpression(value) ? value.expression : value
  return bare && ts.isObjectLiteralExpression(bare) ? keysOf(bare) : []
}
