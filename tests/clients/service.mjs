/** The service under test, its users, and the contract that it serves. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const base = process.env.OVOP_BASE;
assert.ok(base, 'OVOP_BASE is not set: run this with npm test');

const here = fileURLToPath(new URL('.', import.meta.url));
const { users, clients } = JSON.parse(readFileSync(process.env.OVOP_CREDENTIALS, 'utf8'));

export const user = username => users.find(each => each.username === username);
export const client = id => clients.find(each => each.client_id === id);

/**
 * Fetches the contract into a new directory, where tools may write files too. Returns the
 * directory.
 */
export async function contract(name) {
	const directory = join(here, 'generated', name);
	mkdirSync(directory, { recursive: true });
	const reply = await fetch(`${base}/openapi.json`);
	assert.equal(reply.status, 200);
	writeFileSync(join(directory, 'openapi.json'), await reply.text());
	return directory;
}

/** Runs a tool of node_modules; returns its exit status and what it printed. */
export function tool(name, ...args) {
	const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };
	const { status, stdout, stderr, error } = spawnSync(join(here, 'node_modules/.bin', name), args,
		{ cwd: here, env, encoding: 'utf8', maxBuffer: 1 << 26 });
	if (error) throw error;
	return { status, stdout, output: stdout + stderr };
}

/** An access token for a user of the development set. */
export async function login(username) {
	const { password } = user(username);
	const reply = await fetch(`${base}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'password', username, password }) });
	assert.equal(reply.status, 200);
	return (await reply.json()).access_token;
}
