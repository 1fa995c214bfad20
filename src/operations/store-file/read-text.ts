import type { FileProblem } from './problem.js'

/** The file cannot be read any further. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  constructor(readonly problem: FileProblem) {
    super(problem.message)
  }
}

/** Longest line of a JSON Lines file, characters. Ours: a variant with thousands of prices fits. */
export const MAX_LINE_LENGTH = 4_194_304

export interface Line {
  /** From 1. */
  readonly number: number
  readonly text: string
}

/**
 * Decodes UTF-8 without waiting for the whole file; a byte order mark is dropped.
 *
 * @throws Unreadable where the bytes are not UTF-8
 */
export async function* readText(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      throw new Unreadable({ line, column: 1, path: '', message: 'this line or one soon after it is not UTF-8 text' })
    }
  }
  for await (const chunk of bytes) {
    const text = decode(chunk)
    yield text
    line += countBreaks(text)
  }
  yield decode()
}

/** Lines without their breaks (LF or CRLF), empty ones left out; holds one line at a time. */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Line> {
  let rest = ''
  let number = 1
  for await (const text of readText(bytes)) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.trim() !== '') yield { number, text: line.replace(/\r$/, '') }
      number += 1
    }
    if (rest.length > MAX_LINE_LENGTH) {
      const message = `is longer than ${MAX_LINE_LENGTH} characters`
      throw new Unreadable({ line: number, column: 1, path: '', message })
    }
  }
  if (rest.trim() !== '') yield { number, text: rest }
}

function countBreaks(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
