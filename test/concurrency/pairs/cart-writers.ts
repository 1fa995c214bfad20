import { readdirSync, readFileSync } from 'node:fs'

const folder = 'src/operations'
/** What writes a row of a cart: the cart's own store, and an order that is written together with its cart. */
const writesCart = /\bcarts\s*\.\s*(save|insert|merge|remove)\(/
const writesOrder = /\borders\s*\.\s*(prepare|settle)\(/

interface Code {
  readonly name: string
  readonly isExported: boolean
  readonly body: string
}

/** The functions of a file; formatted as all of them are, each begins a line. */
function functionsOf(text: string): readonly Code[] {
  const heads = [...text.matchAll(/^(export )?(?:async )?function (\w+)/gm)]
  return heads.map((head, index) => ({
    name: head[2] ?? '',
    isExported: head[1] !== undefined,
    body: text.slice(head.index + head[0].length, heads[index + 1]?.index),
  }))
}

/**
 * Every operation that may write a cart, read off the sources: those from which a function that writes one can be
 * reached. A claim on first access is a write, so operations that only read are among them.
 */
export function cartWriters(): readonly string[] {
  const files = readdirSync(folder)
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map(file => functionsOf(readFileSync(`${folder}/${file}`, 'utf8')))
  const shared = new Map(files.flatMap(codes => codes.filter(code => code.isExported).map(code => [code.name, code])))
  const calls = new Map<Code, readonly Code[]>()
  for (const codes of files) {
    const known = new Map([...shared, ...codes.map(code => [code.name, code] as const)])
    for (const code of codes) {
      const words = new Set(code.body.match(/\w+/g))
      calls.set(
        code,
        [...words].flatMap(word => known.get(word) ?? []),
      )
    }
  }
  const seen = new Map<Code, boolean>()
  const writes = (code: Code): boolean => {
    const known = seen.get(code)
    if (known !== undefined) return known
    seen.set(code, false)
    const isWriter = writesCart.test(code.body) || (writesOrder.test(code.body) && /\bcart\b/.test(code.body))
    const result = isWriter || (calls.get(code) ?? []).some(writes)
    seen.set(code, result)
    return result
  }
  const bound = readFileSync(`${folder}/bind-operations.ts`, 'utf8')
  return [...bound.matchAll(/^ {4}(\w+): [^=]*=> (\w+)\(deps/gm)]
    .filter(([, , name = '']) => {
      seen.clear()
      const code = shared.get(name)
      return code !== undefined && writes(code)
    })
    .map(([, operation = '']) => operation)
    .sort()
}
