import { type Html, html } from '../html.js'
import type { Schema } from './openapi.js'

/** A schema as a list of members; what it shares with others is a link. */
export function renderSchema(schema: Schema): Html {
  const inner = membersOf(schema)
  return html`<p class="type">${typeOf(schema)}</p>${inner}`
}

/** The members of an object, or of the objects in a list. */
function membersOf(schema: Schema): Html | undefined {
  if (schema.items !== undefined) return membersOf(schema.items)
  const alternatives = schema.anyOf?.map(membersOf).filter(each => each !== undefined) ?? []
  if (alternatives.length > 0) return html`${alternatives}`
  const members = Object.entries(schema.properties ?? {})
  const others = schema.additionalProperties
  if (members.length === 0 && others === undefined) return undefined
  return html`<ul class="members">${members.map(([name, member]) => renderMember(name, member, schema.required?.includes(name) ?? false))}
${others === undefined ? undefined : renderMember('(any other)', others, false)}</ul>`
}

function renderMember(name: string, schema: Schema, isAlways: boolean): Html {
  return html`<li><code>${name}</code> <span class="type">${typeOf(schema)}${isAlways ? ', always' : undefined}</span>${membersOf(schema)}</li>`
}

/** `string (date-time) or null`, `list of Item`. */
function typeOf(schema: Schema): Html {
  const { $ref, anyOf, items, format } = schema
  if ($ref !== undefined) {
    const name = $ref.replace(/^.*\//, '')
    return html`<a href="#schema-${name}">${name}</a>`
  }
  if (anyOf !== undefined) return html`${anyOf.map((each, index) => html`${index > 0 ? ' or ' : ''}${typeOf(each)}`)}`
  const types = [schema.type ?? []].flat()
  if (types.length === 0) return html`anything`
  const words = types.map(type => {
    if (type === 'array') return html`list${items === undefined ? '' : html` of ${typeOf(items)}`}`
    return html`${type}${type === 'string' && format !== undefined ? ` (${format})` : ''}`
  })
  return html`${words.map((word, index) => html`${index > 0 ? ' or ' : ''}${word}`)}`
}
