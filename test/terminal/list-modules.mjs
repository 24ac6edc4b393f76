import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const list = process.env.MODULE_LIST;
if (list === undefined) throw new Error('MODULE_LIST names the file that gets the modules');

// Loaded before a program (node --import), it writes down each module that the program loads.
registerHooks({
  load(url, context, nextLoad) {
    appendFileSync(list, `${url}\n`);
    return nextLoad(url, context);
  },
});
