import type { Found } from './entry.js'
import { type JsonNode, JsonProblem, parseJson, placeIn, positionIn } from './json-nodes.js'
import { entryKinds, isEntryKind, kinds } from './kinds.js'
import { type Path, pathText } from './problem.js'
import { type Line, readLines, readText, Unreadable } from './read-text.js'

/** Largest JSON file, characters: it is read as a whole. Larger catalogs come as JSON Lines. Ours. */
const MAX_JSON_LENGTH = 67_108_864

/** The one version of the format so far. */
const VERSION = 1

/** Entries of a JSON file, section by section, whatever their order in the file. */
export async function* readJson(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Found> {
  let text = ''
  for await (const part of readText(bytes)) {
    text += part
    if (text.length > MAX_JSON_LENGTH) {
      const message = `a JSON file may hold ${MAX_JSON_LENGTH} characters: write a larger store as JSON Lines`
      throw new Unreadable({ line: 1, column: 1, path: '', message })
    }
  }
  const root = parseWhole(text)
  if (root.members === undefined) {
    yield problemAt(text, root, [], 'must be an object with sections such as "channels" and "variants"')
    return
  }
  yield* readSections(text, root, root.members)
}

function parseWhole(text: string): JsonNode {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error
    throw new Unreadable({ ...positionIn(text, error.offset), path: '', message: error.message })
  }
}

function* readSections(text: string, root: JsonNode, members: ReadonlyMap<string, JsonNode>): Iterable<Found> {
  const known = new Set(['version', ...entryKinds.map(kind => kinds[kind].section)])
  for (const [name, node] of members) {
    if (!known.has(name)) yield problemAt(text, root, [name], 'is not a section of a store file')
    else if (name === 'version' && node.value !== VERSION) yield problemAt(text, root, [name], `must be ${VERSION}`)
    else if (name !== 'version' && node.items === undefined) yield problemAt(text, root, [name], 'must be a list')
  }
  for (const kind of entryKinds) {
    const { section } = kinds[kind]
    for (const [index, node] of (members.get(section)?.items ?? []).entries()) {
      yield {
        entry: {
          kind,
          value: node.value,
          place: path => {
            const { line, column, path: within } = placeIn(text, node, path)
            const joint = within === '' || within.startsWith('[') ? '' : '.'
            return { line, column, path: `${section}[${index}]${joint}${within}` }
          },
        },
      }
    }
  }
}

/** Entries of a JSON Lines file: one object a line, its `kind` among its fields. */
export async function* readJsonLines(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Found> {
  for await (const line of readLines(bytes)) yield readLine(line)
}

function readLine({ number, text }: Line): Found {
  try {
    const node = parseJson(text)
    const kind = node.members?.get('kind')?.value
    if (!isEntryKind(kind)) {
      const message = kind === undefined ? 'must be an object with a "kind"' : `must be one of ${entryKinds.join(', ')}`
      return { problem: { ...placeIn(text, node, ['kind']), line: number, message } }
    }
    const value = Object.fromEntries(Object.entries(node.value ?? {}).filter(([name]) => name !== 'kind'))
    return { entry: { kind, value, place: path => ({ ...placeIn(text, node, path), line: number }) } }
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error
    return { problem: { line: number, column: error.offset + 1, path: '', message: error.message } }
  }
}

function problemAt(text: string, root: JsonNode, path: Path, message: string): Found {
  return { problem: { ...placeIn(text, root, path), path: pathText(path), message } }
}
