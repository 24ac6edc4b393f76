import { StringDecoder } from 'node:string_decoder';

const headerBytes = 8;

/**
 * Reads the engine's stream of a container without a terminal: frames of an 8-byte header (stream, three zero bytes,
 * length) and that many bytes (https://docs.docker.com/reference/api/engine/, "Attach to a container").
 * @param write takes the text of both streams in the order in which it arrives
 */
export function demultiplex(stream: NodeJS.ReadableStream, write: (text: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let waiting: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    while (waiting.length >= headerBytes) {
      const frameEnd = headerBytes + waiting.readUInt32BE(4);
      if (waiting.length < frameEnd) return;
      write(decoder.write(waiting.subarray(headerBytes, frameEnd)));
      waiting = waiting.subarray(frameEnd);
    }
  });
}
