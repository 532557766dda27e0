/** Two common linters of OpenAPI with their strictest standard rules. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { contract, tool } from './service.mjs';

let openapi;

before(async () => { openapi = join(await contract('lint'), 'openapi.json'); });

test('Redocly recommended-strict finds no fault', () => {
	const { stdout, output } = tool('redocly', 'lint', '--extends=recommended-strict', '--max-problems=1000', '--format=json', openapi);
	const { totals, problems } = JSON.parse(stdout.slice(stdout.indexOf('{')));
	assert.deepEqual(problems.map(each => `${each.ruleId}: ${each.message} ${each.location[0]?.pointer}`), []);
	assert.deepEqual(totals, { errors: 0, warnings: 0, ignored: 0 }, output);
});

test('Spectral spectral:oas finds no fault', () => {
	const { status, stdout, output } = tool('spectral', 'lint', '--ruleset=spectral.yaml', '--fail-severity=hint', '--format=json', '--quiet', openapi);
	assert.deepEqual(JSON.parse(stdout).map(each => `${each.code}: ${each.message} ${each.path.join('/')}`), []);
	assert.equal(status, 0, output);
});
