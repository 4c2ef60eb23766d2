// Packages that scripts use to transform and to validate.
import { LANGUAGE } from '../limits.mjs';

const rows = (count) => Array.from({ length: count }, (_, i) => ({ group: i % 13, value: i }));
const users = (count) =>
  Array.from({ length: count }, (_, i) => ({
    id: i,
    name: `n${i}`,
    email: `a${i}@example.com`,
    tags: ['a', 'b'],
  }));

export const libraries = {
  limit: LANGUAGE,
  helpers: [rows, users],
  samples: {
    'lodash: filter, groupBy, sortBy': (require) => {
      const _ = require('lodash');
      const data = rows(2000);
      return () =>
        _(data)
          .filter(({ value }) => value % 2 === 1)
          .groupBy('group')
          .map((all, group) => ({ group, sum: _.sumBy(all, 'value') }))
          .sortBy('sum')
          .value().length;
    },
    'lodash: cloneDeep, isEqual': (require) => {
      const _ = require('lodash');
      const data = rows(1000);
      return () => _.isEqual(_.cloneDeep(data), data);
    },
    'zod: 300 objects': (require) => {
      const { z } = require('zod');
      const schema = z.array(
        z.object({ id: z.number(), name: z.string().min(1), email: z.email(), tags: z.array(z.string()) }),
      );
      const data = users(300);
      return () => schema.parse(data).length;
    },
    'ajv: 300 objects': (require) => {
      const Ajv = require('ajv');
      const validate = new Ajv().compile({
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'name'],
          properties: { id: { type: 'integer' }, name: { type: 'string', minLength: 1 } },
        },
      });
      const data = users(300);
      return () => validate(data);
    },
    'moment: parse, add, format': (require) => {
      const moment = require('moment');
      return () => {
        let sum = 0;
        for (let i = 0; i < 200; i++)
          sum += moment.utc('2024-02-28T12:00:00Z').add(i, 'days').format('dddd, MMMM Do YYYY').length;
        return sum;
      };
    },
    'yaml: 200 rows': (require) => {
      const { parse, stringify } = require('yaml');
      const text = stringify(users(40));
      return () => parse(text).length;
    },
  },
};
