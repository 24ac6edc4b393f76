import type Docker from 'dockerode';
import { demultiplex } from '../../src/sandbox/demultiplex.ts';

/** Starts a container that was created, and waits for its end. @returns what it printed, output and errors in turn */
export async function runToEnd(container: Docker.Container): Promise<string> {
  const stream = await container.attach({ stream: true, stdout: true, stderr: true });
  let output = '';
  demultiplex(stream, (text) => {
    output += text;
  });
  const ended = new Promise<void>((resolve) => stream.on('end', resolve).on('close', resolve));
  await container.start();
  await ended;
  return output.trim();
}
