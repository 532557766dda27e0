// with-service.mjs COMMAND…: runs a command against a service: the one at OVOP_BASE, whose users OVOP_CREDENTIALS (a file) names,
// or one of its own, on free ports and with a state of its own, which ends with the command.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dev = fileURLToPath(new URL('../../dev', import.meta.url));

const taken = port => new Promise(resolve => {
	const server = createServer()
		.once('error', () => resolve(0))
		.listen(port, '127.0.0.1', () => { const found = server.address().port; server.close(() => resolve(found)); });
});

/** A port that is free, and so is the next one, where the service answers /readyz. */
async function freePort() {
	for (;;) {
		const port = await taken(0);
		if (port && await taken(port + 1)) return port;
	}
}

function must(command, args, env) {
	const { status, error } = spawnSync(command, args, { env, stdio: 'inherit' });
	if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')}: exit ${status}`);
}

async function withOwnService(body) {
	const state = mkdtempSync(join(tmpdir(), 'ovop-clients-'));
	chmodSync(state, 0o711); // the database's user passes through it
	const port = await freePort();
	const env = { ...process.env, OVOP_STATE: state, OVOP_PORT: String(port) };
	try {
		must(dev, ['start'], env);
		return await body({ OVOP_BASE: `http://127.0.0.1:${port}`, OVOP_CREDENTIALS: join(state, 'credentials.json') });
	} finally {
		must(dev, ['stop'], env);
		rmSync(state, { recursive: true, force: true });
	}
}

const run = service => new Promise((resolve, reject) => {
	const [command, ...args] = process.argv.slice(2);
	const child = spawn(command, args, { env: { ...process.env, ...service }, stdio: 'inherit' });
	// An interrupt reaches the child too; staying here until it ends lets the service be ended as well.
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
	child.once('error', reject).once('exit', status => resolve(status ?? 1));
});

process.exitCode = process.env.OVOP_BASE ? await run({}) : await withOwnService(run);
