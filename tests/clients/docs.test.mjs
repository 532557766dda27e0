/** The reference page as served: each call, pasted into a shell, gets a status from its table. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { before, test } from 'node:test';
import { base, client, login } from './service.mjs';

// These calls need a secret that the page cannot contain, so a refusal is expected.
const REFUSED = { token_issue: '400', me_password: '422' };
const ENTITIES = { '&quot;': '"', '&#x27;': "'", '&lt;': '<', '&gt;': '>', '&amp;': '&' };

let reply, page, articles;

before(async () => {
	reply = await fetch(`${base}/docs`);
	page = await reply.text();
	articles = [...page.matchAll(/<article id="(\w+)">(.*?)<h4>Call<\/h4><pre>(.*?)<\/pre>(.*?)<\/article>/gs)].map(([, id, head, call, replies]) => ({
		id,
		role: head.match(/<p>For <code>(\w+)<\/code>/)?.[1],
		command: call.replace(/&[#\w]+;/g, entity => ENTITIES[entity]),
		statuses: [...replies.matchAll(/<strong>(\d+)<\/strong>/g)].map(([, status]) => status),
	}));
});

test('the page may not run or fetch anything', () => {
	assert.equal(reply.status, 200);
	assert.equal(reply.headers.get('content-type'), 'text/html; charset=utf-8');
	assert.match(reply.headers.get('content-security-policy'), /^default-src 'none'/);
	assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
});

test('it has every operation of the contract', async () => {
	const { paths } = await (await fetch(`${base}/openapi.json`)).json();
	const operations = Object.values(paths).flatMap(item => Object.values(item)).map(each => each.operationId).filter(Boolean);
	assert.deepEqual(articles.map(each => each.id).sort(), operations.sort());
});

test('every call can be pasted', async () => {
	const { client_id, client_secret } = client('integrator');
	const system = await fetch(`${base}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }) });
	const tokens = { system: (await system.json()).access_token };
	const usernames = { bumdes: 'bumdesma-wlingi', dinas: 'dinas', bupati: 'bupati', admin: 'admin' };
	for (const [role, username] of Object.entries(usernames)) tokens[role] = await login(username);

	const wrong = [];
	for (const { id, role, command, statuses } of articles) {
		const env = { PATH: process.env.PATH, BASE: base, TOKEN: tokens[role] ?? '' };
		const { stdout, stderr } = spawnSync('bash', ['-c', `${command} -o /dev/null -w '%{http_code}'`], { env, encoding: 'utf8' });
		const fine = stdout === (REFUSED[id] ?? stdout) && statuses.includes(stdout);
		// The ids and versions on the page are examples, so these answers are right too.
		if (!fine || !(REFUSED[id] || /^2|^40[49]$|^412$/.test(stdout))) wrong.push(`${id}: ${stdout || stderr}`);
	}
	assert.deepEqual(wrong, []);
});
