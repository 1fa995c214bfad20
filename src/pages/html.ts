import { createHash } from 'node:crypto'

/** HTML that needs no more escaping: made by `html` alone. */
export interface Html {
  readonly html: string
}

type Part = Html | string | number | undefined | readonly Part[]

/** A template whose values are escaped, so that no text of a shop becomes markup. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const pieces = strings.map((text, index) => text + (index < parts.length ? render(parts[index]) : ''))
  return { html: pieces.join('') }
}

/** Text of our own that is markup already: a style sheet, a script. */
export function trusted(text: string): Html {
  return { html: text }
}

/** `'sha256-...'` of an inline script or style, for a content security policy. */
export function policyHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`
}

function render(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part))
  return 'html' in part ? part.html : part.map(render).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character] ?? character)
}

/**
 * A content security policy: nothing runs or loads but this style, this script, pictures of our own, and what is named
 * besides; no form leads anywhere, and no other page may show it.
 */
export function pagePolicy(style: string, script: string, besides: readonly string[] = []): string {
  return [
    "default-src 'none'",
    `style-src ${policyHash(style)}`,
    `script-src ${policyHash(script)}`,
    "img-src 'self'",
    ...besides,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
