import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const readYaml = (path: string): unknown => parse(read(path), { merge: true });

const { $schema, ...schema } = JSON.parse(read('test/deploy/compose-spec.json'));
const specification = z.fromJSONSchema(schema, { defaultTarget: 'draft-7' });

const compose = z
  .object({
    services: z.record(
      z.string(),
      z.object({
        image: z.string(),
        environment: z.record(z.string(), z.string()).optional(),
        volumes: z.array(z.string()).default([]),
        ports: z.array(z.string()).default([]),
        depends_on: z.record(z.string(), z.unknown()).default({}),
        healthcheck: z
          .object({ test: z.array(z.string()), start_period: z.string().optional() })
          .optional(),
      }),
    ),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(readYaml('compose.yaml'));
const services = Object.entries(compose.services);
const bots = services.filter(([name]) => name.startsWith('bot-'));

test('compose.yaml is what the Compose Specification says', () => {
  expect($schema).toContain('draft-07');
  expect(specification.safeParse(readYaml('compose.yaml')).error?.issues).toBeUndefined();
});

test.each([
  ['a key that nobody knows', 'restart:', 'restrat:'],
  ['a condition that nobody knows', 'service_healthy', 'service_helthy'],
  ['a port that is none', '- 127.0.0.1:9090:9090', '- { target: { no: 1 } }'],
])('the specification refuses %s', (_, right, wrong) => {
  const text = read('compose.yaml');
  expect(text).toContain(right);
  const changed = parse(text.replace(right, wrong), { merge: true });
  expect(specification.safeParse(changed).success).toBe(false);
});

test('two bots share one database, and Prometheus watches each of them', () => {
  expect(bots).toHaveLength(2);
  const schema = z.object({
    scrape_configs: z.tuple([
      z.object({
        job_name: z.literal('seedance-bot'),
        static_configs: z.tuple([z.object({ targets: z.array(z.string()) })]),
      }),
    ]),
  });
  const prometheus = schema.parse(readYaml('deploy/prometheus/prometheus.yml'));
  const [{ static_configs }] = prometheus.scrape_configs;
  const ports = bots.map(([name, { environment }]) => `${name}:${environment?.HTTP_PORT}`);
  expect(static_configs[0].targets).toEqual(ports);
  expect(new Set(bots.map(([, { environment }]) => environment?.DATABASE_URL)).size).toBe(1);
});

test('a bot is healthy once it takes commands, and has a while until then', () => {
  for (const [name, { environment, healthcheck }] of bots) {
    const asked = healthcheck?.test.join(' ');
    expect(asked, name).toContain(`http://127.0.0.1:${environment?.HTTP_PORT}/readyz`);
    expect(healthcheck?.start_period, name).toBeDefined();
  }
});

test('every setting that it gives is one of the bot’s', () => {
  const example = read('.env.example');
  for (const [, { environment = {} }] of bots) {
    for (const name of Object.keys(environment)) {
      expect(example, name).toMatch(new RegExp(`^# ${name}=`, 'm'));
    }
  }
});

test('what it mounts and waits for is there, and what it pulls has a version', () => {
  for (const [name, { image, volumes, depends_on }] of services) {
    for (const other of Object.keys(depends_on)) expect(compose.services).toHaveProperty(other);
    for (const [from = ''] of volumes.map((volume) => volume.split(':'))) {
      if (from.startsWith('.')) expect(existsSync(join(root, from)), from).toBe(true);
      else expect(compose.volumes).toHaveProperty(from);
    }
    if (!name.startsWith('bot-')) expect(image).toMatch(/:v?\d/);
  }
});

test('nothing is open to other machines, and no secret is written down', () => {
  for (const [, { ports }] of services) {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  }
  expect(read('compose.yaml')).not.toMatch(/(PASSWORD|TOKEN|KEY): (?!\$\{)/);
});
