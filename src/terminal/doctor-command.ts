import { access, constants, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StoreUnavailable } from '../assistant/assistant-error.ts';
import type { Config } from '../config.ts';
import { formatFault } from '../knowledge/fault.ts';
import type { OpenBook } from '../matching/model/learned-book.ts';
import type { DemoEngine } from '../sandbox/demo-engine.ts';
import type { EngineFacts } from '../sandbox/sandbox.ts';
import { nameUnenforced } from '../sandbox/unenforced-limits.ts';
import { describeEdition } from './describe-edition.ts';
import { examineEnvFile } from './examine-env-file.ts';
import type { Finding } from './finding.ts';
import { exitCode, type Style, type Terminal } from './terminal.ts';

/** The file that outlives the program, as `doctor` looks at it. */
export interface KeptFile {
  readonly file: string;
  /** Null where there is none yet. @throws StoreUnavailable */
  inspect(): Promise<{ readonly bytes: number; readonly version: number } | null>;
}

/** What `doctor` examines. */
export interface DoctorParts {
  readonly config: Config;
  readonly engine: () => Promise<DemoEngine>;
  readonly store: KeptFile;
  readonly book: () => OpenBook;
  readonly demos: number;
  readonly projectFolder: string;
}

/**
 * Says what is configured, reachable and missing, and the command that mends each.
 * @returns 0 if nothing is missing, 3 if the engine is, else 1
 */
export async function doctor(parts: DoctorParts, terminal: Terminal): Promise<number> {
  const engine = await examineEngine(parts.engine);
  const findings = [
    { state: 'good', name: 'node', text: process.version } as const,
    ...examineBook(parts),
    ...engine,
    ...(await examineEnvFile(parts.projectFolder)),
    examineSlack(parts.config),
    await examineData(parts),
    await examineStore(parts.store),
    { state: 'good', name: 'limits', text: limitsInWords(parts.config) } as const,
  ];
  for (const finding of findings) terminal.out.write(render(finding, terminal.style));
  if (engine.some((finding) => finding.state === 'missing')) return exitCode.noEngine;
  return findings.some((finding) => finding.state === 'missing') ? exitCode.negative : exitCode.fine;
}

async function examineEngine(open: DoctorParts['engine']): Promise<Finding[]> {
  try {
    const engine = await open();
    const facts = await engine.facts();
    const store = facts.containerdStore ? 'containerd image store' : facts.storageDriver;
    const found: Finding = {
      state: 'good',
      name: 'engine',
      text: `${facts.product} ${facts.version}, API ${facts.apiVersion}, ${store}, at ${engine.address}`,
    };
    return [
      found,
      ...(await examineTrust(engine)),
      ...(await examineLimits(engine, facts)),
      await examineBaseImage(engine),
    ];
  } catch (error) {
    return [{ state: 'missing', name: 'engine', text: messageOf(error), remedy: 'npm run engine' }];
  }
}

async function examineTrust(engine: DemoEngine): Promise<Finding[]> {
  const risk = await engine.risk();
  return risk === null ? [] : [{ state: 'warning', name: 'safety', text: risk, remedy: 'see docs/engine.md' }];
}

/** Limits that this engine takes no notice of: demos are refused for them, or run without them by setting. */
async function examineLimits(engine: DemoEngine, facts: EngineFacts): Promise<Finding[]> {
  const refusal = await engine.refusal();
  if (refusal !== null) return [{ state: 'missing', name: 'limits', text: refusal }];
  const missing = nameUnenforced(facts);
  if (missing === null) return [];
  const text = `DEMO_ENGINE_WITHOUT_LIMITS=allow: demos run without limits on ${missing}, of which this engine takes no notice. Claims about them are not run`;
  return [{ state: 'warning', name: 'limits', text, remedy: 'see docs/engine.md' }];
}

async function examineBaseImage(engine: DemoEngine): Promise<Finding> {
  try {
    const image = await engine.prepare();
    return { state: 'good', name: 'base image', text: `${image.name} ${image.id}` };
  } catch (error) {
    return { state: 'missing', name: 'base image', text: messageOf(error), remedy: 'npm run engine' };
  }
}

function examineBook({ book, demos }: DoctorParts): Finding[] {
  const { edition, faults } = book();
  const text = `${describeEdition(edition)}, ${demos} demos`;
  const found: Finding =
    edition.learnedIn === null
      ? { state: 'warning', name: 'book', text, remedy: './dockproof learn' }
      : { state: 'good', name: 'book', text };
  return [
    found,
    ...faults.map(
      (fault): Finding => ({ state: 'warning', name: 'book', text: formatFault(fault), remedy: './dockproof check' }),
    ),
  ];
}

function examineSlack({ slack }: Config): Finding {
  if (slack.mode === 'off')
    return { state: 'warning', name: 'slack', text: 'no tokens are set', remedy: 'see docs/slack.md' };
  const via = {
    socket: 'Socket Mode, SLACK_BOT_TOKEN and SLACK_APP_TOKEN set',
    http: 'HTTP, SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET set',
    oauth: 'HTTP, many workspaces by OAuth, SLACK_CLIENT_ID and its secrets set',
  }[slack.mode];
  return { state: 'good', name: 'slack', text: slack.apiUrl === null ? via : `${via}, at ${slack.apiUrl}` };
}

async function examineData({ config, projectFolder }: DoctorParts): Promise<Finding> {
  const folder = resolve(projectFolder, config.dataFolder);
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return { state: 'good', name: 'data', text: folder };
  } catch (error) {
    return {
      state: 'missing',
      name: 'data',
      text: messageOf(error),
      remedy: 'set DATA_DIR to a folder that can be written',
    };
  }
}

/** Looks only: the store is made and brought up to date by what uses it. */
async function examineStore(store: KeptFile): Promise<Finding> {
  try {
    const facts = await store.inspect();
    if (facts === null) return { state: 'good', name: 'store', text: `${store.file}, made at its first use` };
    const size = `${Math.ceil(facts.bytes / 1024)} KiB`;
    return { state: 'good', name: 'store', text: `${store.file}, ${size}, version ${facts.version}, can be written` };
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    return { state: 'missing', name: 'store', text: error.message, remedy: 'see docs/store.md' };
  }
}

function limitsInWords({ demoLimits }: Config): string {
  const { concurrency, perPerson, perChannel, queue, timeLimitSeconds } = demoLimits;
  return `${concurrency} demos at once, ${perPerson} a person, ${perChannel} a channel, ${queue} waiting, ${timeLimitSeconds} s each`;
}

function render({ state, name, text, remedy }: Finding, style: Style): string {
  const mark = { good: style.good('✓'), warning: style.accent('!'), missing: style.bad('✗') }[state];
  return `${mark} ${style.bold(name.padEnd(10))} ${text}\n${remedy === undefined ? '' : `             → ${remedy}\n`}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
