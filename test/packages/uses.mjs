import { binaryUses } from './uses/binary.mjs';
import { dataUses } from './uses/data.mjs';
import { flowUses } from './uses/flow.mjs';
import { numberUses } from './uses/numbers.mjs';
import { objectUses } from './uses/objects.mjs';
import { serviceUses } from './uses/services.mjs';
import { streamUses } from './uses/streams.mjs';
import { stringUses } from './uses/strings.mjs';
import { syntaxUses } from './uses/syntax.mjs';
import { textUses } from './uses/text.mjs';
import { webUses } from './uses/web.mjs';

/** A small real use of each package: `require => JSON, or a promise of it`. */
export const uses = {
  ...dataUses,
  ...numberUses,
  ...textUses,
  ...stringUses,
  ...syntaxUses,
  ...objectUses,
  ...serviceUses,
  ...webUses,
  ...binaryUses,
  ...flowUses,
  ...streamUses,
};
