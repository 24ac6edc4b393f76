import { makeProgram, start } from './program.ts';

/** A number as the processor has it in memory, as hexadecimal digits. */
function word(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes.toString('hex');
}

/** The data of the program by name, at addresses that its code names; all of it stands before the code. */
function layOut(parts: Readonly<Record<string, Buffer>>) {
  const at: Record<string, string> = {};
  let next = start;
  for (const [name, bytes] of Object.entries(parts)) {
    at[name] = word(next);
    next += bytes.length;
  }
  return { at, data: Buffer.concat(Object.values(parts)) };
}

/**
 * Makes a program for Linux on x86-64 that sends a datagram through eth0 past the routes, so that the kernel takes the
 * address for one of a neighbour: socket (41), setsockopt (54) thrice, sendto (44), nanosleep
 * (35) and exit (60).
 * @param address an IPv4 address
 */
export function makeSendProgram(address: string, port: number, message: string): Buffer {
  const to = Buffer.alloc(16);
  to.writeUInt16LE(2);
  to.writeUInt16BE(port, 2);
  Buffer.from(address.split('.').map(Number)).copy(to, 4);
  const time = Buffer.alloc(16);
  time.writeUInt32LE(300_000_000, 8);
  const { at, data } = layOut({
    name: Buffer.from('eth0\0\0\0\0'),
    one: Buffer.from('01000000', 'hex'),
    to,
    time,
    message: Buffer.from(message),
  });
  const code = [
    `b829000000bf02000000be0200000031d20f0589c3`, // ebx = socket(AF_INET, SOCK_DGRAM, 0)
    `b83600000089dfbe01000000ba1900000041ba${at.name}41b8050000000f05`, // setsockopt(ebx, SOL_SOCKET, SO_BINDTODEVICE)
    `b83600000089dfbe01000000ba0500000041ba${at.one}41b8040000000f05`, // setsockopt(ebx, SOL_SOCKET, SO_DONTROUTE)
    `b83600000089dfbe01000000ba0600000041ba${at.one}41b8040000000f05`, // setsockopt(ebx, SOL_SOCKET, SO_BROADCAST)
    `b82c00000089dfbe${at.message}ba${word(message.length)}4531d241b8${at.to}41b9100000000f05`, // sendto
    `b823000000bf${at.time}31f60f05`, // nanosleep, while the neighbour is looked for
    `31ffb83c0000000f05`, // exit(0)
  ].join('');
  return makeProgram(Buffer.from(code, 'hex'), data);
}
