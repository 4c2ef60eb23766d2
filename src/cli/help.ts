import { EXEC_EXIT_CODES } from './exec-exit-codes.js';
import { EXIT_CODES } from './exit-codes.js';
import { SETTING_ROWS, textTable } from './settings-table.js';

/** Fits the narrowest terminal in common use. */
const WIDTH = 80;

/** The text of `javascriptd --help`. */
export function helpText(): string {
  return `Usage: javascriptd [options]
       javascriptd doctor [--json] [options]
       javascriptd modules [--json] [options]
       javascriptd exec FILE [--call NAME] [--globals JSON] [--caller CODE]
                        [--url URL] [--json] [options]

Runs other people's JavaScript, safely: a Duplex endpoint (SIMPLEX/1.0;json over
WebSocket) with the method runtime.execute.

doctor tries what this machine keeps scripts from that have broken out of their
context, and tells how to get what is missing; modules lists the installed
packages and tries those that scripts may require. Neither serves anything.

exec runs one script, - for standard input, and calls its function NAME: main,
or the default export of a file that ends in .mjs, .ts or .mts.
Its console goes to stderr, its value as JSON to stdout; --json prints the whole
answer, errors too. JSON and CODE may be @ and a file's path. It runs here, as
the service would and under the same settings, but listens nowhere; with --url
it runs in the service there, to which SECRET is shown, and --timeout is the one
setting that it takes. Ctrl-C cancels it.

Examples:
  javascriptd                              for this machine only, on port 8765
  javascriptd --port 9000 --timeout 500
  javascriptd --modules 'lodash,@octokit/*,path'
  SECRET=... javascriptd                   for other machines too
  javascriptd exec rule.js --globals @order.json

Options:
  -h, --help
      Print this text.
  -v, --version
      Print the version.

Settings, as flag and as environment variable; the flag wins:
${textTable(SETTING_ROWS, WIDTH)}

Traces:
  OTEL_EXPORTER_OTLP_ENDPOINT and OpenTelemetry's other variables send traces of
  executions to a collector, over OTLP (http/protobuf).

Signals:
  SIGTERM, SIGINT  stop: take nothing new, answer what runs; again: at once
  SIGHUP           read the lists of installed packages, and SECRETS_FILE, again

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
