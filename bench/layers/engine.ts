import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import Docker from 'dockerode';
import { pack } from 'tar-stream';
import { assemble } from '../../src/assemble.ts';
import { readConfig } from '../../src/config.ts';
import { median, timed } from '../statistics.ts';

const rounds = 21;
const run = promisify(execFile);

/** What an image of the engine is made of, without its files, beside the two commands that people ask for it. */
export async function layersBench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dockproof-bench-'));
  const environment = { ...process.env, DATA_DIR: folder };
  const program = await assemble(readConfig(environment), environment, { book: false, demos: false });
  const engine = await program.engine();
  await engine.prepare();
  const docker = new Docker({ socketPath: engine.address.replace('unix://', '') });
  const image = `dockproof-bench-${randomUUID()}:1`;
  await build(docker, image);
  try {
    const request = { image, platform: null, files: false, path: null, who: { id: 'bench' }, where: { id: 'bench' } };
    const look = () => program.assistant.layers.look({ ...request, signal: new AbortController().signal });
    const commands = async () => {
      await run('docker', ['history', '--no-trunc', image]);
      await run('docker', ['image', 'inspect', image]);
    };
    const first = await timed(look);
    await commands();
    const [own, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      own.push(await timed(look));
      theirs.push(await timed(commands));
    }
    const report = await look();
    const beside = median(theirs);
    console.log(`layers of an image of ${report.totals.layers} layers, ${rounds} rounds, medians`);
    console.log(`docker history + docker image inspect  1.00  (${beside.toFixed(1)} ms)`);
    console.log(
      `layers                                 ${(median(own) / beside).toFixed(2)}  (${median(own).toFixed(1)} ms)`,
    );
    console.log(`the first of a process                 ${(first / beside).toFixed(2)}  (${first.toFixed(1)} ms)`);
  } finally {
    await docker.getImage(image).remove({ force: true });
    await program.assistant.close();
    await program.store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function build(docker: Docker, name: string): Promise<void> {
  const context = pack();
  const lines = Array.from({ length: 12 }, (_, index) => `RUN echo ${index} > /work/${index}`);
  context.entry({ name: 'Dockerfile' }, ['FROM dockproof/base:1', 'USER 0', ...lines, 'ENV A=b'].join('\n'));
  context.finalize();
  await buffer(await docker.buildImage(Readable.from(context), { t: name }));
}
