import type { z } from 'zod'
import type { Path } from './problem.js'

const expectations: Readonly<Record<string, string>> = {
  string: 'must be a text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
}

/** One issue of the schema in the words of the file format; an unknown field is named where it stands. */
export function sayProblem(issue: z.core.$ZodIssue): readonly { readonly path: Path; readonly message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({ path: [...issue.path, key], message: 'is not a field of this entry' }))
  }
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues
    return [{ path: issue.path, message: `its name ${inner === undefined ? 'is not allowed' : wordsFor(inner)}` }]
  }
  return [{ path: issue.path, message: wordsFor(issue) }]
}

function wordsFor(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'custom' && 'input' in issue && issue.input === undefined) return 'is missing'
  if (!issue.message.startsWith('Invalid') && !issue.message.startsWith('Too')) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return expectations[issue.expected] ?? issue.message
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `must be one of ${issue.options.map(String).join(', ')}`
        : issue.message
    case 'too_small':
      return issue.origin === 'array' ? `must have at least ${issue.minimum}` : `must be at least ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'array' ? `must have at most ${issue.maximum}` : `must be at most ${issue.maximum}`
    default:
      return issue.message
  }
}
