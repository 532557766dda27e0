/**
 * A strictly typed TypeScript program compiles with types generated from the contract, and works
 * with the service.
 */
import './web-crypto.mjs';
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { base, contract, tool, user } from './service.mjs';

let directory, result;

before(async () => { directory = await contract('sdk'); });

test('the contract generates types', () => {
	const { status, output } = tool('openapi-typescript', join(directory, 'openapi.json'), '--output', join(directory, 'openapi.d.ts'));
	assert.equal(status, 0, output);
});

test('a strictly typed client compiles against them', () => {
	const { status, output } = tool('tsc', '--project', 'tsconfig.json');
	assert.equal(status, 0, output);
});

test('the client does its tour', async () => {
	const { tour } = await import(pathToFileURL(join(directory, 'js/tour.js')));
	const { username, password } = user('bumdes-balerejo');
	result = await tour(base, username, password);
});

test('paging saw every village of the district once, in order', () => {
	assert.equal(result.villages.length, result.total);
	assert.ok(result.villages.length > 5);
	assert.deepEqual(result.villages, [...result.villages].sort());
	assert.ok(result.villages.includes('Balerejo'));
});

test('a record was created, changed, found and deleted', () => {
	assert.equal(result.location, `/v1/umkm/${result.created.id}`);
	assert.equal(result.created.status, 'draft');
	assert.ok(result.created.allowed_actions.includes('submit'));
	assert.equal(result.renamed.name, 'Kopi Lereng Kelud (contoh)');
	assert.equal(result.renamed.version, result.created.version + 1);
	assert.ok(result.found.includes(result.created.id));
	assert.equal(result.stale, 'version_mismatch');
	assert.equal(result.deleted, 204);
});

test('a refusal names every broken rule, typed', () => {
	assert.equal(result.refused.status, 422);
	assert.equal(result.refused.code, 'validation_failed');
	assert.deepEqual(result.refused.violations.map(each => each.pointer).sort(), ['/name', '/nib']);
	for (const { code, detail } of result.refused.violations) assert.ok(code && detail);
});
