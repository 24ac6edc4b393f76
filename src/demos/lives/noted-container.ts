import type { Container, ContainerSpec, Result } from '../../sandbox/sandbox.ts';
import { readAccesses } from './file-access.ts';
import { containerName, type Ledger } from './ledger.ts';
import type { LifeEvent } from './life.ts';

/** Puts a record around a container: of every call that the engine answered. */
export function noteContainer(ledger: Ledger, spec: ContainerSpec, inner: Container): Container {
  const name = containerName(spec);
  const then = async <Value>(call: Promise<Value>, ...events: LifeEvent[]): Promise<Value> => {
    const value = await call;
    ledger.note('container', name, ...events);
    return value;
  };
  const ran = <Ended extends Result | { readonly refusal: string }>(script: string, ended: Ended): Ended => {
    if (!('refusal' in ended)) ledger.used(spec, readAccesses(script, ended));
    return ended;
  };
  return {
    ...inner,
    start: () => then(inner.start(), 'started'),
    stop: () => then(inner.stop(), 'ended'),
    kill: () => then(inner.kill(), 'ended'),
    restart: () => then(inner.restart(), 'ended', 'started'),
    wait: () => then(inner.wait(), 'ended'),
    remove: (options) => then(inner.remove(options), 'removed'),
    exec: async (script) => ran(script, await inner.exec(script)),
    execProcess: async (...words) => ran(words.at(-1) ?? '', await inner.execProcess(...words)),
    async copyIn(path, text) {
      await inner.copyIn(path, text);
      ledger.used(spec, [{ path, event: 'wrote' }]);
    },
    async copyOut(path) {
      const text = await inner.copyOut(path);
      ledger.used(spec, [{ path, event: 'read' }]);
      return text;
    },
    async commit(made) {
      const image = await inner.commit(made);
      ledger.note('image', image.name, 'made');
      return image;
    },
  };
}
