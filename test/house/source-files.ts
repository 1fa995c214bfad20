import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'

/** One TypeScript file of the project, parsed. */
export interface SourceFile {
  /** From the project folder, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
}

/** The project folder: tests run in it. */
export const root = process.cwd()

const folders = ['src', 'test', 'scripts', 'bench']

/** Every TypeScript file of ours; read from disk, so that a file counts before it is committed. */
export function readSourceFiles(): readonly SourceFile[] {
  return folders
    .flatMap(listFiles)
    .filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .map(readSource)
}

function listFiles(folder: string): readonly string[] {
  try {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    const paths = names.map(name => posix.join(folder, name.replaceAll('\\', '/')))
    // test/browser/sdk has packages of its own where CI installed them.
    return paths.filter(path => !path.includes('/node_modules/')).sort()
  } catch {
    return []
  }
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) }
}

/** A module that a file names, and where. */
export interface Import {
  /** Path of a file of ours (`src/core/money.ts`), or the name of a package. */
  readonly target: string
  readonly isOurs: boolean
  readonly line: number
}

/** Everything that a file imports or re-exports, types and dynamic imports too. */
export function importsOf(file: SourceFile): readonly Import[] {
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node)
    if (specifier) found.push(resolveImport(file, specifier))
    ts.forEachChild(node, visit)
  }
  visit(file.tree)
  return found
}

function specifierOf(node: ts.Node): ts.StringLiteralLike | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return node.moduleSpecifier && ts.isStringLiteralLike(node.moduleSpecifier) ? node.moduleSpecifier : undefined
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return ts.isStringLiteralLike(node.argument.literal) ? node.argument.literal : undefined
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments
    return argument && ts.isStringLiteralLike(argument) ? argument : undefined
  }
  return undefined
}

function resolveImport(file: SourceFile, specifier: ts.StringLiteralLike): Import {
  const line = lineOf(file, specifier)
  if (!specifier.text.startsWith('.')) {
    const parts = specifier.text.split('/')
    const name = specifier.text.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
    return { target: name, isOurs: false, line }
  }
  const path = posix.join(posix.dirname(file.path), specifier.text)
  return { target: path.replace(/\.js$/, '.ts'), isOurs: true, line }
}

/** 1-based. */
export function lineOf(file: SourceFile, node: ts.Node): number {
  return file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree)).line + 1
}

/** Files that git knows of or would add: everything but what is ignored. */
export function listProjectFiles(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(listed.split('\0'))].filter(path => path !== '')
}
