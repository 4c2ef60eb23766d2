/**
 * The npm package `node-inspect-extracted` is Node's `inspect`, of one version, with guesses for what only V8 knows. Here the
 * host knows (`realm/node/ports/inspect-binding.ts`), and how the running version differs.
 * @param {string} text `dist/inspect.js` of the package
 */
export function withBinding(text) {
  return REPLACEMENTS.reduce((changed, [pattern, replacement]) => {
    if (!pattern.test(changed)) throw new Error(`node-inspect-extracted has changed: no ${pattern}`);
    return changed.replace(pattern, () => replacement);
  }, text);
}

const REPLACEMENTS = [
  // internalBinding('util') and `util.types`
  [/\b727\(t,e,n\)\{.*?getExternalValue:\(\)=>o\(0\)\}\}/s, '727(t){t.exports=require("inspect-binding")}'],
  [/\b499\(t,e,n\)\{.*?isSymbolObject:R\}\}/s, '499(t){t.exports=require("inspect-types").types}'],
  // Symbols as keys
  [
    /s=t\.stylize\(e,"symbol"\)\}else/,
    's=t.stylize(e,"symbol"),n727.bracketsSymbols&&!1!==i.enumerable&&(s=`[${s}]`)}else',
  ],
  // Lengths of buffers
  [/`\{ \[byteLength\]: \$\{/, '`{ ${n727.bracketsLengths?"[byteLength]":"byteLength"}: ${'],
  [
    /`\$\{t\.stylize\(`\[\$\{r\}\]`,"string"\)\}: \$\{i\}`/,
    '`${n727.bracketsLengths||an(e)?t.stylize(`[${r}]`,"string"):t.stylize(r,"name")}: ${i}`',
  ],
  // Proxies, and errors that have lost their prototype
  [/c=je\(e=c,!1\),s\+=1/, 'c=je(e=c,!1),s+=n727.showsProxies?1:0'],
  [/isError:t=>l\?\.\(t\)/, 'isError:t=>require("inspect-types").types.isNativeError(t)'],
  // Errors of getters
  [
    /<Inspection threw \(\$\{nr\(t,i,n\)\}\)>/,
    '<Inspection threw (${n727.showsGetterErrors?nr(t,i,n):i.message})>',
  ],
  [/"use strict";var t=\{/, '"use strict";const n727=require("inspect-binding").style;var t={'],
];
