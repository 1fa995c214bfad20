import { z } from 'zod'
import { ok, type Result, refuse } from '../../core/result.js'
import type { WireRequest } from '../dialect.js'
import { invalid, type Problem, problems } from './problem.js'

/** Content types that may hold JSON; clients of old libraries send none, or plain text. */
const jsonType = /^(application\/([a-z0-9.+-]+\+)?json|text\/plain)\b/i

/**
 * The request's body as JSON; an empty one is `{}`.
 *
 * @returns 415 for a clearly different content type, 400 for what is no JSON
 */
export function readJson(wire: WireRequest): Result<unknown, Problem> {
  if (wire.body.length === 0) return ok({})
  const type = wire.headers['content-type']?.trim() ?? ''
  if (type !== '' && !jsonType.test(type)) return refuse(problems.mediaType)
  try {
    return ok(JSON.parse(wire.body.toString('utf8')))
  } catch {
    return refuse(problems.malformed)
  }
}

/** The body as `schema` reads it; every member that is missing or wrong is told of by its dotted path. */
export function readBody<T>(wire: WireRequest, schema: z.ZodType<T>): Result<T, Problem> {
  const json = readJson(wire)
  if (!json.ok) return json
  const parsed = schema.safeParse(json.value, { reportInput: true })
  return parsed.success ? ok(parsed.data) : refuse(faultsOf(parsed.error))
}

function faultsOf(error: z.ZodError): Problem {
  const errors: Record<string, string> = {}
  for (const issue of error.issues) {
    const path = issue.path.map(String).join('.') || 'body'
    errors[path] ??= ruleOf(issue)
  }
  return invalid(errors)
}

function ruleOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'required' : `must be of type ${issue.expected}`
    case 'too_small':
      if (issue.origin === 'array' && Number(issue.minimum) === 1) return 'must not be empty'
      return `must be at least ${String(issue.minimum)}${unitOf(issue.origin)}`
    case 'too_big':
      return `must be at most ${String(issue.maximum)}${unitOf(issue.origin)}`
    case 'invalid_value':
      return issue.input === undefined ? 'required' : `must be one of ${issue.values.map(String).join(', ')}`
    case 'invalid_union':
      return issue.input === undefined ? 'required' : unionRule(issue)
    default:
      return issue.message === 'Invalid input' ? 'is invalid' : issue.message
  }
}

/** What the last of several forms says that are taken, where it says something of its own. */
function unionRule({ errors }: z.core.$ZodIssueInvalidUnion): string {
  const last = errors.at(-1)?.[0]
  return last?.code === 'invalid_format' ? last.message : 'is invalid'
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters long'
  return origin === 'array' ? ' entries' : ''
}

/** Texts as clients send them: numbers count as their digits, null as nothing given. */
export const looseText = z
  .union([z.string(), z.number().transform(String)])
  .nullable()
  .transform(value => value ?? '')

/** `version` of a body: what the client saw; null counts as nothing given. */
export const version = z.int().nullish()
