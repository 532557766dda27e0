// with-service.mjs COMMAND…: runs a command against a service. If OVOP_BASE is set, it uses that
// service and the users in the file OVOP_CREDENTIALS. Otherwise it starts a service on free ports
// with its own state, and stops it after the command.
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

/** A free port whose next port is free too: the service uses the next one for /readyz. */
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
	chmodSync(state, 0o711); // the database's user must be able to enter it
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
	// Pass a signal to the child and wait for its end, so that the service is stopped
	// afterwards.
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
	child.once('error', reject).once('exit', status => resolve(status ?? 1));
});

process.exitCode = process.env.OVOP_BASE ? await run({}) : await withOwnService(run);
