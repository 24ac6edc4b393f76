import { makeProgram } from './program.ts';

/**
 * Calls clone(CLONE_NEWUSER | SIGCHLD), as no program of busybox does, and ends with the error's number, or 0:
 * system call 56, then 60 (exit), by the x86-64 convention.
 */
const code = Buffer.from(
  [
    'b838000000', // mov eax, 56
    'bf11000010', // mov edi, CLONE_NEWUSER | SIGCHLD
    '31f631d24531d24531c0', // no stack, no addresses to write to
    '0f05', // syscall
    '31ff', // xor edi, edi
    '4885c0', // test rax, rax
    '7904', // jns, over the next two
    '89c7f7df', // mov edi, eax; neg edi
    'b83c000000', // mov eax, 60
    '0f05', // syscall
  ].join(''),
  'hex',
);

/** Makes a program for Linux on x86-64 that clones into a new user namespace. */
export function makeCloneProgram(): Buffer {
  return makeProgram(code);
}
