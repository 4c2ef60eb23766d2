import { parse } from 'acorn';

/**
 * esbuild renames what collides in a bundle (`toString2`) and classes that mention themselves (`_Blob`). With `keepNames` it
 * gives all functions and classes their names back by calls of `__name`, at a cost for each. This leaves the calls that
 * change a name, and removes the others.
 * @param {string} written a script that esbuild wrote with `keepNames`
 */
export function withOwnNames(written) {
  const text = withClassNames(written);
  const removed = [];
  const visit = (node, parents) => {
    if (isNaming(node))
      removed.push(...(isOnce(parents) ? needless(node, parents) : rangesOf(node, parents)));
    for (const child of childrenOf(node)) visit(child, [node, ...parents]);
  };
  visit(parse(text, { ecmaVersion: 2022, sourceType: 'script' }), []);
  let kept = text;
  for (const [start, end] of removed.toSorted((a, b) => b[0] - a[0]))
    kept = kept.slice(0, start).replace(BEFORE, '') + kept.slice(end);
  return /\b__name\(/.test(kept) ? kept.replace(HELPER, SAFE_HELPER) : kept.replace(HELPER, '');
}

/** Inside a class its own name means the same. Stack traces have the name that the text gives it. */
function withClassNames(text) {
  let named = text;
  for (const [, name] of text.matchAll(/= class _(\w+)/g))
    named = named.replaceAll(new RegExp(`(?<![\\w$.#])_${name}\\b`, 'g'), name);
  return named;
}

/** What esbuild writes; a builtin is evaluated when a script may have given descriptors a `get`. */
const HELPER = /^ *var __name = .*\n/m;
const SAFE_HELPER =
  'var __name = (target, value) => Reflect.defineProperty(target, "name", { __proto__: null, value, configurable: true }) && target;\n';

/** What esbuild writes before a call or a static block, and the rest of its line. */
const BEFORE = /\/\* @__PURE__ \*\/ $|\n *$/;

const isNode = (value) => typeof value === 'object' && value !== null && typeof value.type === 'string';

function* childrenOf(node) {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) yield* value.filter(isNode);
    else if (isNode(value)) yield value;
  }
}

const isNaming = (node) =>
  node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === '__name';

const isFunction = (node) => /Function(?:Expression|Declaration)$/.test(node.type);

/** Whether this runs once, when the bundle is evaluated: elsewhere the names would cost more than they are worth. */
function isOnce(parents) {
  const around = parents.findIndex(isFunction);
  const at = around === -1 ? -1 : around + 1;
  const [parent, ...above] = parents.slice(at);
  if (at === -1 || parent.type === 'ExpressionStatement') return true;
  const isCalled = parent.type === 'CallExpression' && parent.callee === parents[around];
  const isModule = parent.type === 'Property' && above[1]?.callee?.name === '__commonJS';
  return (isCalled || isModule) && isOnce(parents.slice(at));
}

/** The ranges of text that go if the call changes nothing. */
function needless(call, parents) {
  const [parent, ...above] = parents;
  const [target, { value: name }] = call.arguments;
  const own = target.type === 'ThisExpression' ? nameOfClass(above) : (target.id?.name ?? target.name);
  return (own ?? givenName(call, parent)) === name ? rangesOf(call, parents) : [];
}

function rangesOf(call, [parent, block]) {
  const [target] = call.arguments;
  if (parent.type === 'ExpressionStatement') {
    const { start, end } = target.type === 'ThisExpression' ? block : parent;
    return [[start, end]];
  }
  return [
    [call.start, target.start],
    [target.end, call.end],
  ];
}

/** The name of the class in whose static block the call is. */
function nameOfClass([_block, _body, owner, around]) {
  return owner.id ? owner.id.name : givenName(owner, around);
}

/** What a function or class without a name is called by the place that it is in. */
function givenName(value, parent) {
  if (parent.type === 'VariableDeclarator') return parent.id.name;
  if (parent.type === 'AssignmentExpression' && parent.left.type === 'Identifier') return parent.left.name;
  if (parent.type === 'AssignmentPattern' && parent.left.type === 'Identifier') return parent.left.name;
  if (parent.type === 'Property' && !parent.computed && parent.value === value) return keyOf(parent);
  if (parent.type === 'PropertyDefinition' && !parent.computed)
    return parent.key.type === 'PrivateIdentifier' ? `#${parent.key.name}` : keyOf(parent);
  return undefined;
}

const keyOf = ({ key }) => (key.type === 'Identifier' ? key.name : String(key.value));
