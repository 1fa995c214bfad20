import type { Json } from '../../core/ids.js'
import type { Path, Place, Position } from './problem.js'
import { pathText } from './problem.js'

/** A JSON value with the place where it was written, so that a problem can name its line. */
export interface JsonNode {
  /** Of the value's first character in the text. */
  readonly offset: number
  readonly value: Json
  readonly items?: readonly JsonNode[]
  readonly members?: ReadonlyMap<string, JsonNode>
}

/** The text is no JSON, or says something that JSON allows and we do not (a name twice, a number that loses digits). */
export class JsonProblem extends Error {
  override readonly name = 'JsonProblem'
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message)
  }
}

/** Nesting deeper than this is refused. Ours: no store file comes near, and no stack overflows. */
const MAX_DEPTH = 64

/** A JSON number keeps this many significant digits whole; an amount with more must be written as a string. */
const EXACT_DIGITS = 15

const space = /[ \t\r\n]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const words: ReadonlyMap<string, Json> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

interface Cursor {
  readonly text: string
  at: number
}

/**
 * Parses strict JSON and keeps where each value stands.
 *
 * @throws JsonProblem at the first fault
 */
export function parseJson(text: string): JsonNode {
  const cursor: Cursor = { text, at: 0 }
  const node = parseValue(cursor, 0)
  skipSpace(cursor)
  if (cursor.at < text.length) throw new JsonProblem(cursor.at, 'something follows after the end of the value')
  return node
}

function skipSpace(cursor: Cursor): void {
  space.lastIndex = cursor.at
  space.exec(cursor.text)
  cursor.at = space.lastIndex
}

function parseValue(cursor: Cursor, depth: number): JsonNode {
  if (depth > MAX_DEPTH) throw new JsonProblem(cursor.at, `nested deeper than ${MAX_DEPTH} levels`)
  skipSpace(cursor)
  const offset = cursor.at
  const first = cursor.text[offset]
  if (first === '{') return parseObject(cursor, depth)
  if (first === '[') return parseList(cursor, depth)
  if (first === '"') return { offset, value: parseText(cursor) }
  for (const [word, value] of words) {
    if (cursor.text.startsWith(word, offset)) {
      cursor.at += word.length
      return { offset, value }
    }
  }
  return { offset, value: parseNumber(cursor) }
}

function parseNumber(cursor: Cursor): number {
  number.lastIndex = cursor.at
  const match = number.exec(cursor.text)
  if (match === null) {
    const found = cursor.text[cursor.at]
    throw new JsonProblem(
      cursor.at,
      found === undefined ? 'the text ends where a value is expected' : `a value is expected here, not ${found}`,
    )
  }
  const [literal] = match
  if (literal.replace(/[eE].*|[^\d]/g, '').replace(/^0+|0+$/g, '').length > EXACT_DIGITS) {
    throw new JsonProblem(cursor.at, 'a number with more than 15 digits loses some: write it as a string')
  }
  cursor.at = number.lastIndex
  return Number(literal)
}

function parseText(cursor: Cursor): string {
  const start = cursor.at
  let end = start + 1
  for (;;) {
    const character = cursor.text.charCodeAt(end)
    if (Number.isNaN(character)) throw new JsonProblem(start, 'this text has no closing quote')
    if (character < 0x20) throw new JsonProblem(end, 'a text may not hold a line break or control character')
    if (character === 0x22) break
    end += character === 0x5c ? 2 : 1
  }
  cursor.at = end + 1
  const literal = cursor.text.slice(start, cursor.at)
  if (!literal.includes('\\')) return literal.slice(1, -1)
  try {
    return JSON.parse(literal) as string
  } catch {
    throw new JsonProblem(start, 'this text has an escape that JSON does not know')
  }
}

function parseList(cursor: Cursor, depth: number): JsonNode {
  const offset = cursor.at
  const items: JsonNode[] = []
  cursor.at += 1
  while (!closes(cursor, ']', items.length > 0)) items.push(parseValue(cursor, depth + 1))
  return { offset, value: items.map(item => item.value), items }
}

function parseObject(cursor: Cursor, depth: number): JsonNode {
  const offset = cursor.at
  const members = new Map<string, JsonNode>()
  cursor.at += 1
  while (!closes(cursor, '}', members.size > 0)) {
    skipSpace(cursor)
    const at = cursor.at
    if (cursor.text[at] !== '"') throw new JsonProblem(at, 'a name in quotes is expected here')
    const name = parseText(cursor)
    if (members.has(name)) throw new JsonProblem(at, `"${name}" is named twice in one object`)
    if (name === '__proto__') throw new JsonProblem(at, `"${name}" is no name that we take`)
    skipSpace(cursor)
    if (cursor.text[cursor.at] !== ':') throw new JsonProblem(cursor.at, 'a colon is expected here')
    cursor.at += 1
    members.set(name, parseValue(cursor, depth + 1))
  }
  const value = Object.fromEntries([...members].map(([name, member]) => [name, member.value]))
  return { offset, value, members }
}

/** Steps over the closing bracket, or over the comma that a further entry needs. */
function closes(cursor: Cursor, bracket: ']' | '}', needsComma: boolean): boolean {
  skipSpace(cursor)
  const found = cursor.text[cursor.at]
  if (found === bracket) {
    cursor.at += 1
    return true
  }
  if (!needsComma) return false
  if (found !== ',') throw new JsonProblem(cursor.at, `a comma or ${bracket} is expected here`)
  cursor.at += 1
  skipSpace(cursor)
  if (cursor.text[cursor.at] === bracket)
    throw new JsonProblem(cursor.at, `nothing follows the comma before ${bracket}`)
  return false
}

/** Line and column of an offset; both count from 1. */
export function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const lastBreak = before.lastIndexOf('\n')
  let line = 1
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line += 1
  return { line, column: offset - lastBreak }
}

/**
 * Where `path` stands in a parsed text. What is missing is placed at the object that lacks it. An entry that may be
 * written alone or as a list of one is found either way.
 */
export function placeIn(text: string, root: JsonNode, path: Path): Place {
  const found: PropertyKey[] = []
  let node = root
  for (const name of path) {
    if (node.items === undefined && node.members === undefined) break
    const child = typeof name === 'number' ? node.items?.[name] : node.members?.get(String(name))
    if (child === undefined && name === 0) continue
    found.push(name)
    if (child === undefined) break
    node = child
  }
  return { ...positionIn(text, node.offset), path: pathText(found) }
}
