import { statusOf } from './sandbox-error.ts';

/** Asks the engine for something that may be removed meanwhile. @returns null where it is gone, or going */
export async function unlessGone<Value>(ask: () => Promise<Value>): Promise<Value | null> {
  try {
    return await ask();
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || status === 409) return null;
    throw error;
  }
}
