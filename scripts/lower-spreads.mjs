// Rewrites object literals with spreads so that Node 20 makes them fast; they mean the same before and after. See
// docs/decisions/0009-lowered-spreads.md.
import ts from 'typescript'

/**
 * `{ ...a, b }` becomes `{ ...null, ...a, b }`: an engine that clones `a` into an empty literal gives the clone a hidden class of
 * its own as soon as it gets one property more, and all code that reads such objects becomes slow.
 *
 * `{ a, ...(c ? {} : { b }), d }` becomes `(t = { a }, c ? 0 : (t.b = b), t.d = d, t)`: no object is made and copied for one
 * property that may be absent.
 *
 * Lines stay where they are.
 *
 * @param {string} code  JavaScript without types
 * @returns {string}
 */
export function lowerSpreads(code) {
  const tree = ts.createSourceFile('code.js', code, ts.ScriptTarget.ES2023, false, ts.ScriptKind.JS)
  return new Writer(tree).write(tree)
}

/** Writes a file's text anew, part by part. */
class Writer {
  /** @type {ts.SourceFile} */
  #tree
  /** @type {string} */
  #code
  /** Names of the variables that the function around needs; undefined where there is no place for any. @type {string[] | undefined} */
  #variables

  /** @param {ts.SourceFile} tree */
  constructor(tree) {
    this.#tree = tree
    this.#code = tree.text
  }

  /**
   * The text of a node with all that stands before it, from the end of the one before.
   *
   * @param {ts.Node} node
   * @returns {string}
   */
  write(node) {
    if (ts.isObjectLiteralExpression(node)) return this.#writeLiteral(node)
    if (ts.isFunctionLike(node)) return this.#writeFunction(node)
    // What a class says of its fields runs in no function.
    if (ts.isPropertyDeclaration(node)) return this.#within(undefined, () => this.#writeChildren(node))
    return this.#writeChildren(node)
  }

  /** @param {ts.Node} node */
  #writeChildren(node) {
    let text = ''
    let at = node.pos
    ts.forEachChild(node, child => {
      if (child.pos < at) throw new Error('the parts of a node come in their order')
      text += this.#code.slice(at, child.pos) + this.write(child)
      at = child.end
    })
    return text + this.#code.slice(at, node.end)
  }

  /**
   * @template T
   * @param {string[] | undefined} variables
   * @param {() => T} act
   */
  #within(variables, act) {
    const before = this.#variables
    this.#variables = variables
    const done = act()
    this.#variables = before
    return done
  }

  /** @param {ts.SignatureDeclaration} node */
  #writeFunction(node) {
    const body = 'body' in node ? /** @type {ts.Node | undefined} */ (node.body) : undefined
    let text = ''
    let at = node.pos
    ts.forEachChild(node, child => {
      text += this.#code.slice(at, child.pos)
      text += child === body ? this.#writeBody(child) : this.#within(undefined, () => this.write(child))
      at = child.end
    })
    return text + this.#code.slice(at, node.end)
  }

  /** @param {ts.Node} body */
  #writeBody(body) {
    /** @type {string[]} */
    const variables = []
    const text = this.#within(variables, () => this.write(body))
    if (variables.length === 0) return text
    const declared = `var ${variables.join(', ')};`
    if (!ts.isBlock(body)) return ` { ${declared} return (${text}); }`
    const start = text.indexOf('{', this.#startOf(body) - body.pos) + 1
    return `${text.slice(0, start)} ${declared}${text.slice(start)}`
  }

  /** @param {ts.ObjectLiteralExpression} node */
  #writeLiteral(node) {
    const { properties } = node
    const first = properties.findIndex(isConditional)
    const barrier = properties.findLastIndex(property => !isConditional(property) && !isAssignable(property))
    const from = properties.findIndex((property, index) => index > barrier && isConditional(property))
    if (first < 0 || from < 0 || this.#variables === undefined) return this.#writeCopy(node)
    const name = `lowered${this.#variables.length}$`
    this.#variables.push(name)
    const start = this.#startOf(node)
    let text = `${this.#code.slice(node.pos, start)}(${name} = `
    const head = properties.slice(0, from)
    text += this.#writeHead(start, head)
    let at = head.at(-1)?.end ?? start + 1
    for (const property of properties.slice(from)) {
      text += this.#gap(at, property.pos)
      text += `, ${this.#writeAssignment(name, property)}`
      at = property.end
    }
    return `${text}, ${name}${this.#gap(at, node.end - 1)})`
  }

  /** A literal that stays one: only what it starts with is told to the engine otherwise. @param {ts.ObjectLiteralExpression} node */
  #writeCopy(node) {
    const text = this.#writeChildren(node)
    const [first, ...rest] = node.properties
    if (first === undefined || !ts.isSpreadAssignment(first) || rest.length === 0) return text
    const start = this.#startOf(node) - node.pos + 1
    return `${text.slice(0, start)} ...null,${text.slice(start)}`
  }

  /**
   * @param {number} start
   * @param {readonly ts.ObjectLiteralElementLike[]} head
   */
  #writeHead(start, head) {
    const [first] = head
    let text = first !== undefined && ts.isSpreadAssignment(first) ? '{ ...null,' : '{'
    let at = start + 1
    for (const property of head) {
      text += this.#code.slice(at, property.pos) + this.write(property)
      at = property.end
    }
    return `${text} }`
  }

  /**
   * @param {string} name
   * @param {ts.ObjectLiteralElementLike} property
   * @returns {string}
   */
  #writeAssignment(name, property) {
    const lead = this.#code.slice(property.pos, this.#startOf(property))
    if (ts.isSpreadAssignment(property)) return lead + this.#writeChoice(name, property.expression)
    if (ts.isShorthandPropertyAssignment(property))
      return `${lead}${name}.${property.name.text} = ${property.name.text}`
    if (!ts.isPropertyAssignment(property)) throw new Error('only what is assignable comes here')
    const key = ts.isIdentifier(property.name)
      ? `.${property.name.text}`
      : `[${this.#code.slice(this.#startOf(property.name), property.name.end)}]`
    return `${lead}${name}${key} = ${this.write(property.initializer)}`
  }

  /**
   * @param {string} name
   * @param {ts.Expression} node
   * @returns {string}
   */
  #writeChoice(name, node) {
    if (ts.isParenthesizedExpression(node)) return `(${this.#writeChoice(name, node.expression)})`
    if (ts.isConditionalExpression(node)) {
      const yes = this.#writeChoice(name, node.whenTrue)
      return `${this.write(node.condition)} ? ${yes} : ${this.#writeChoice(name, node.whenFalse)}`
    }
    if (ts.isBinaryExpression(node)) return `${this.write(node.left)} && ${this.#writeChoice(name, node.right)}`
    if (!ts.isObjectLiteralExpression(node) || node.properties.length === 0) return `${this.#gap(node.pos, node.end)} 0`
    let text = ''
    let at = this.#startOf(node) + 1
    for (const property of node.properties) {
      text += `${text === '' ? '' : ', '}${this.#gap(at, property.pos)}${this.#writeAssignment(name, property)}`
      at = property.end
    }
    return `(${text}${this.#gap(at, node.end - 1)})`
  }

  /** Where it starts without what stands before it. @param {ts.Node} node */
  #startOf(node) {
    return node.getStart(this.#tree)
  }

  /** What stands between two properties but their comma: comments and ends of lines. @param {number} from @param {number} to */
  #gap(from, to) {
    return '\n'.repeat(this.#code.slice(from, to).split('\n').length - 1)
  }
}

/** `...(c ? {} : { a })` or `...(c && { a })`. @param {ts.ObjectLiteralElementLike} property */
function isConditional(property) {
  return ts.isSpreadAssignment(property) && isChoice(property.expression) && !isPlain(property.expression)
}

/** @param {ts.Expression} node @returns {boolean} */
function isChoice(node) {
  if (ts.isParenthesizedExpression(node)) return isChoice(node.expression)
  if (ts.isConditionalExpression(node)) return isChoice(node.whenTrue) && isChoice(node.whenFalse)
  if (ts.isBinaryExpression(node)) {
    return node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && isChoice(node.right)
  }
  return isPlain(node)
}

/** A literal of which each property can be assigned instead, or nothing. @param {ts.Expression} node @returns {boolean} */
function isPlain(node) {
  if (node.kind === ts.SyntaxKind.NullKeyword || (ts.isVoidExpression(node) && ts.isNumericLiteral(node.expression)))
    return true
  return ts.isObjectLiteralExpression(node) && node.properties.every(each => isAssignable(each) || isConditional(each))
}

/**
 * To assign it is the same as to define it. A function would lose the name that a literal gives it, and a computed key may be
 * `__proto__`.
 *
 * @param {ts.ObjectLiteralElementLike} property
 */
function isAssignable(property) {
  if (ts.isShorthandPropertyAssignment(property)) return property.name.text !== '__proto__'
  if (!ts.isPropertyAssignment(property) || isNamed(property.initializer)) return false
  const { name } = property
  if (ts.isIdentifier(name) || ts.isStringLiteral(name)) return name.text !== '__proto__'
  return ts.isNumericLiteral(name)
}

/** @param {ts.Expression} node */
function isNamed(node) {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isClassExpression(node)
}
