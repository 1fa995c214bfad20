/** A place in a store file. Both count from 1; in a CSV the column is the number of the cell. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Names from the outside in: `['channels', 0, 'currency']`. */
export type Path = readonly PropertyKey[]

/** A place together with the name that people know it by. */
export interface Place extends Position {
  /** `channels[0].currency`; in a CSV the head of the column. */
  readonly path: string
}

/** One thing that is wrong with a store file, or (as a warning) looks so. */
export interface FileProblem extends Place {
  readonly message: string
}

/** Most problems that are collected before reading stops. Ours: enough to fix a file in one go. */
export const MAX_PROBLEMS = 100

/** Writes a path for people. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, name) => {
    if (typeof name === 'number') return `${text}[${name}]`
    return text === '' ? String(name) : `${text}.${String(name)}`
  }, '')
}

/** Collects up to `MAX_PROBLEMS`; what comes after that is dropped, and `isFull` says so. */
export interface ProblemList {
  readonly problems: readonly FileProblem[]
  readonly isFull: boolean
  add(problem: FileProblem): void
}

/** An empty list. */
export function problemList(): ProblemList {
  const problems: FileProblem[] = []
  return {
    problems,
    get isFull() {
      return problems.length >= MAX_PROBLEMS
    },
    add(problem) {
      if (problems.length < MAX_PROBLEMS) problems.push(problem)
    },
  }
}
