import ts from 'typescript'

/** One refusal of the core, as its list declares it. */
export interface DeclaredError {
  readonly code: string
  /** The doc comment above it; empty where the name says it all. */
  readonly meaning: string
  /** What it carries besides the code. */
  readonly data: readonly string[]
}

/** Reads the members of the union `CheckoutError`. @param source  text of src/core/errors.ts */
export function readDeclaredErrors(source: string): readonly DeclaredError[] {
  const file = ts.createSourceFile('errors.ts', source, ts.ScriptTarget.ES2023, true)
  const union = file.statements.filter(ts.isTypeAliasDeclaration).find(each => each.name.text === 'CheckoutError')?.type
  if (!union || !ts.isUnionTypeNode(union)) return []
  return union.types.filter(ts.isTypeLiteralNode).map(member => readMember(member, source))
}

/** Text of docs/errors.md. */
export function renderErrors(errors: readonly DeclaredError[]): string {
  return [
    '# Refusals',
    '',
    '<!-- Made by scripts/endpoints.ts from src/core/errors.ts; a house test compares. Do not edit. -->',
    '',
    'Everything that the core and the operations may refuse. A refusal carries data, never sentences; each dialect words',
    'all of them in its `errors.ts`, and does not compile while one is missing.',
    '',
    '| Code | Meaning | Carries |',
    '|---|---|---|',
    ...errors.map(
      error => `| \`${error.code}\` | ${error.meaning} | ${error.data.map(name => `\`${name}\``).join(', ')} |`,
    ),
    '',
  ].join('\n')
}

function readMember(member: ts.TypeLiteralNode, source: string): DeclaredError {
  const properties = member.members.filter(ts.isPropertySignature)
  const code = properties.find(each => each.name.getText() === 'code')?.type?.getText() ?? ''
  // the comment stands above the bar of the union, before the member itself
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*\|?\s*$/.exec(source.slice(0, member.getStart()))?.[1] ?? ''
  return {
    code: code.replaceAll("'", ''),
    meaning: comment.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim(),
    data: properties.map(each => each.name.getText()).filter(name => name !== 'code'),
  }
}
