import type Docker from 'dockerode';
import { answerIds, readAnswer } from './engine-answer.ts';

/**
 * Asks the engine to make a container, and makes sure that it told which: calls for it go to that id.
 * @throws AnswerUnreadable where it did not; what the client library throws
 */
export async function makeContainer(docker: Docker, options: Docker.ContainerCreateOptions): Promise<Docker.Container> {
  const made = await docker.createContainer(options);
  readAnswer(answerIds.container, made.id);
  return made;
}
