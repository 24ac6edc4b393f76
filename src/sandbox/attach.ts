import { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { AnswerUnreadable } from './engine-answer.ts';

/**
 * A line end. An engine may hand the body of the request to the container as input (Podman always does, Docker where the
 * body comes late), and the same container may be attached twice: any number of these means nothing to a shell.
 */
const body = Buffer.from('\n');

/**
 * Attaches to the input and output of a container, which may not have started yet
 * (https://docs.docker.com/reference/api/engine/version/v1.47/#tag/Container/operation/ContainerAttach). The client
 * library's own attach always sends JSON as the body, hence one level lower.
 * @param id of the container
 * @param signal closes the connection: an engine keeps one open whose container goes before it starts
 * @throws what the client library throws when the engine refuses or cannot be reached
 */
export function attachWithInput(docker: Docker, id: string, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        path: `/containers/${id}/attach?`,
        method: 'POST',
        options: { stream: true, stdin: true, stdout: true, stderr: true },
        file: body,
        hijack: true,
        openStdin: true,
        isStream: true,
        abortSignal: signal,
        statusCodes: { 200: true, 404: 'no such container', 500: 'server error' },
      },
      (error, stream) => {
        if (stream instanceof Duplex) resolve(stream);
        else reject(error ?? new AnswerUnreadable('it attached nothing to the container'));
      },
    );
  });
}
