import type Docker from 'dockerode';
import { demultiplex } from '../../src/sandbox/demultiplex.ts';

/** Starts a container that was created, and waits for its end. @returns what it printed, output and errors in turn */
export async function runToEnd(container: Docker.Container): Promise<string> {
  const stream = await container.attach({ stream: true, stdout: true, stderr: true });
  let output = '';
  const ended = demultiplex(stream, (text) => {
    output += text;
  });
  await container.start();
  await ended;
  return output.trim();
}
