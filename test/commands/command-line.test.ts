/** The command line itself: help, version, what is wrong with it, and the configuration it reads. */
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../src/commands/names.js';
import { project, schemactl } from './run-binary.js';

describe('help', () => {
  it('lists every command and exits with 0', async () => {
    const { code, stdout, stderr } = await schemactl(project(), ['--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const name of COMMAND_NAMES) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  it.each(['plan', 'apply', 'keygen'])('of %s shows usage', async (name) => {
    const { code, stdout } = await schemactl(project(), [name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`$ schemactl ${name}`);
    expect(stdout).toContain('--config=FILE');
  });

  it('names the version', async () => {
    const { code, stdout } = await schemactl(project(), ['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^schemactl\/\d+\.\d+\.\d+/);
  });
});

describe('a wrong command line exits with 64, says so on standard error, and prints no result', () => {
  it.each([
    [['plan', '--ulr', 'x'], 'did you mean --url?'],
    [['paln'], 'did you mean plan?'],
    [['show'], 'missing 1 required arg'],
    [['plan', '--format', 'xml'], '--format=xml'],
    [['plan', '--online', '--direct'], '--direct'],
    [['plan', '--report', 'plan.md'], 'is not FORMAT=FILE'],
    [['plan', '--report', 'markdwon=plan.md'], 'did you mean markdown?'],
    [['plan', '--allow', 'Drop Table'], 'HAZARD:ADDRESS'],
    [['plan', '--sign', 'k'], '--out'],
    [['show', 'a.json', 'b.json'], 'b.json'],
  ] as const)('%j', async (args, words) => {
    const { code, stdout, stderr } = await schemactl(project(), args);
    expect(stderr).toContain(words);
    expect(stderr).toContain('error[SC7020]');
    expect(stdout).toBe('');
    expect(code).toBe(64);
  });
});

describe('configuration', () => {
  const config = `version: 1
desierd: [schemas]
environments:
  production:
    url: { evn: X }
    policy: 7
    timeouts: { lock: 2 parsecs }
`;

  it('reports every fault with its place and a suggestion, without the words of the validator', async () => {
    const { code, stderr } = await schemactl(project({ 'schemactl.yaml': config }), ['plan']);
    expect(code).toBe(1);
    expect(stderr).toContain('error[SC7003] unknown key: desierd\n  schemactl.yaml:2:1\n');
    expect(stderr).toContain('hint: did you mean desired?');
    expect(stderr).toContain('error[SC7003] unknown key: evn\n  schemactl.yaml:5:12\n');
    expect(stderr).toContain('error[SC7005] environments.production.policy is 7\n  schemactl.yaml:6:13\n');
    expect(stderr).toContain('expected a duration such as 500ms, 2s, 15m or 1h');
    expect(stderr).not.toMatch(/must (NOT )?(be|have)|additional propert|instancePath|schemaPath/i);
  });

  it('is found above the working folder, and its paths start where it is', async () => {
    const folder = project({ 'schemactl.yaml': 'version: 1\ndesired: [missing.sql]\n', 'deep/er/x.txt': '' });
    const { stderr } = await schemactl(`${folder}/deep/er`, ['validate', '--no-scratch']);
    expect(stderr).toContain('../../missing.sql');
  });

  it.each([
    ['version: 1\nversion: 1\n', /schemactl\.yaml:2:1/],
    ['version: 1\n  desired: [x]\n', /error\[SC7002\] .*\n {2}schemactl\.yaml:1:10\n/],
    ['desired: [x]\n', /needs the key version/],
    ['version: 2\n', /version is 2/],
    ['version: 1\nenvironments: { a: { policy: strict } }\npolicies: { strikt: {} }\n', /did you mean strikt\?/],
    ['version: 1\nscratch: { embedded: true, target: true }\n', /several: target, embedded/],
    ['version: 1\nenvironments: { a: { require_signature: true } }\n', /no plan can pass/],
    ['version: 1\nexpiry: { start: 2s }\n', /expected a duration such as 30m, 12h or 7d/],
    ['version: 1\nexpiry: { contract: 6d }\n', /would expire before the plan does/],
  ])('refuses %j', async (text, message) => {
    const { code, stderr } = await schemactl(project({ 'schemactl.yaml': text }), ['plan', '--desired', 'x']);
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
  });
});

describe('a database that was not named, or cannot be reached', () => {
  it('says where it looked', async () => {
    const { code, stderr } = await schemactl(project({ 'a.sql': '' }), ['plan', '--desired', 'a.sql']);
    expect(code).toBe(1);
    expect(stderr).toContain('looked at --url, SCHEMACTL_URL, DATABASE_URL, PG* variables');
  });

  it('names the variable that is not set, at the place that asks for it', async () => {
    const config = 'version: 1\ndesired: [a.sql]\nenvironments:\n  prod:\n    url: { env: PROD_URL }\n';
    const { code, stderr } = await schemactl(project({ 'schemactl.yaml': config, 'a.sql': '' }), ['plan', '-e', 'prod']);
    expect(code).toBe(1);
    expect(stderr).toContain('error[SC7012] the environment variable PROD_URL is not set\n  schemactl.yaml:5:10\n');
  });

  it.each(['postgresql://me:s3cr%65t-word@127.0.0.1:1/x', 'host=127.0.0.1 port=1 user=me password=s3cret-word'])(
    'never shows the password of %s',
    async (url) => {
      const { code, stdout, stderr } = await schemactl(project({ 'a.sql': '' }), ['plan', '-v', '--desired', 'a.sql', '--url', url]);
      expect(code).toBe(1);
      expect(stderr).toContain('error[SC7016]');
      expect(stderr).toContain('me@127.0.0.1:1/');
      expect(stdout + stderr).not.toMatch(/s3cr/);
    },
  );

  it('in JSON, gives the findings on standard output too', async () => {
    const { code, stdout } = await schemactl(project(), ['plan', '--json', '--desired', 'a.sql']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ format: 'schemactl-result', exit_code: 1, diagnostics: [{ code: 'SC7010' }] });
  });
});

it('init writes a configuration that validates, and refuses to write over it', async () => {
  const folder = project();
  expect((await schemactl(folder, ['init'])).code).toBe(0);
  const again = await schemactl(folder, ['init']);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('schemactl.yaml exists already');
  const plan = await schemactl(folder, ['plan']);
  expect(plan.stderr).toContain('SC7010');
});
