import { EXEC_EXIT_CODES } from './exec-exit-codes.js';
import { EXIT_CODES } from './exit-codes.js';
import { SETTING_ROWS, textTable } from './settings-table.js';

/** The narrowest terminal in common use. */
const WIDTH = 80;

/** The text of `javascriptd --help`. */
export function helpText(): string {
  return `Usage: javascriptd [options]
       javascriptd doctor [--json] [options]
       javascriptd modules [--json] [options]
       javascriptd warm [--json] [options]
       javascriptd exec FILE [--call NAME] [--globals JSON] [--caller CODE]
                        [--url URL] [--json] [options]

Runs other people's JavaScript, safely: a Duplex endpoint (SIMPLEX/1.0;json over
WebSocket) with the method runtime.execute.

doctor checks which isolation still holds if a script escapes its context, and
shows how to enable what is missing. modules lists the installed packages and
loads those that scripts may require. warm compiles these packages into the
folder SANDBOX_CODE_CACHE, for example while an image is built. None of them
starts a server.

exec runs the script in FILE (- for standard input) and calls its function NAME.
The default is main, or the default export of a .mjs, .ts or .mts file. The
console goes to stderr, the returned value to stdout as JSON; --json prints the
whole reply, including errors. JSON and CODE may be @ followed by a path. The
script runs in a sandbox with the same settings as the service. With --url it
runs in that service, which gets SECRET; the only other setting is --timeout.
Ctrl-C cancels the script.

Examples:
  javascriptd                              local clients only, port 8765
  javascriptd --port 9000 --timeout 500
  javascriptd --modules 'lodash,@octokit/*,path'
  SECRET=... javascriptd                   remote clients, too
  javascriptd exec rule.js --globals @order.json

Options:
  -h, --help
      Print this text.
  -v, --version
      Print the version.

Settings, as flags and environment variables (flags take precedence):
${textTable(SETTING_ROWS, WIDTH)}

Traces:
  OTEL_EXPORTER_OTLP_ENDPOINT and the other variables of OpenTelemetry enable
  traces of executions, sent to a collector over OTLP (http/protobuf).

Signals:
  SIGTERM, SIGINT  graceful shutdown; a second signal stops at once
  SIGHUP           reload the list of installed packages and SECRETS_FILE

Exit codes:
${exits(EXIT_CODES)}
  130 stopped at once by a second SIGINT
  143 stopped at once by a second SIGTERM

Exit codes of exec:
${exits(EXEC_EXIT_CODES)}
`;
}

function exits(codes: Readonly<Record<string, { readonly code: number; readonly when: string }>>): string {
  return Object.values(codes)
    .map(({ code, when }) => `  ${String(code).padEnd(4)}${when}`)
    .join('\n');
}
