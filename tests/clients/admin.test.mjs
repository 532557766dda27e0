/** An admin SPA built on react-admin manages the UMKM of one village on the real service. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { click, close, show, type, until } from './admin.mjs';
import { dataProvider } from './data-provider.mjs';
import { base, login } from './service.mjs';

const sources = ['name', 'nib', 'village_code'];
const village_code = '35.05.07.2011';
const created = [];
let token, provider, end;

before(async () => {
	token = await login('bumdes-jeding');
	provider = dataProvider(base, () => token);
	for (let n = 1; n <= 7; n++) {
		const { data } = await provider.create('umkm', { data: { name: `Kendang ${n} (contoh)`, village_code } });
		created.push(data.id);
	}
});

after(async () => {
	await provider.deleteMany('umkm', { ids: created });
	close();
});

const open = path => { end = show(path, provider, 'umkm', sources); };

afterEach(() => { end?.(); end = undefined; });

test('a list turns its pages and shows every record once', async () => {
	open('/umkm');
	const seen = [];
	for (let page = 1; ; page++) {
		const rows = await until('rows', list => list.dataset.page === String(page) && list.children.length && !seen.includes(list.children[0].id));
		seen.push(...[...rows.children].map(row => row.id));
		if ((await until('next')).disabled) break;
		await click('next');
	}
	assert.equal(new Set(seen).size, seen.length);
	for (const id of created) assert.ok(seen.includes(id));
});

test('a deep link to the second page works without having seen the first', async () => {
	const query = { pagination: { page: 2, perPage: 3 }, sort: { field: 'name', order: 'DESC' }, filter: { q: 'kendang' } };
	const fresh = await dataProvider(base, () => token).getList('umkm', query);
	const known = await provider.getList('umkm', query);
	assert.equal(fresh.data.length, 3);
	assert.deepEqual(fresh, known);
});

test('each broken rule stands at its field, in Indonesian, and correcting it saves the record', async () => {
	open('/umkm/create');
	await type('village_code', village_code);
	await type('name', 'Kendang cilik (contoh)');
	await type('nib', '12');
	await click('save');
	assert.match((await until('nib-error', error => error.textContent)).textContent, /13 (angka|karakter)/);
	assert.equal((await until('name-error')).textContent, '');

	await type('nib', '');
	await click('save');
	await until('notes', notes => notes.textContent.includes('created'));
	const { data } = await provider.getList('umkm', { pagination: { page: 1, perPage: 50 }, sort: { field: 'name', order: 'ASC' }, filter: { q: 'cilik' } });
	assert.equal(data.length, 1);
	assert.equal(data[0].nib, null);
	created.push(data[0].id);
});

test('an edit shows the referenced village, and sends only what changed', async () => {
	open(`/umkm/${created[0]}`);
	assert.equal((await until('village')).textContent, 'Jeding');
	await type('name', 'Kendang satu (contoh)');
	await click('save');
	await until('notes', notes => notes.textContent.includes('updated'));
	const { data } = await provider.getOne('umkm', { id: created[0] });
	assert.equal(data.name, 'Kendang satu (contoh)');
	assert.equal(data.version, 2);
});

test("an edit does not overwrite somebody else's", async () => {
	open(`/umkm/${created[1]}`);
	await until('village');
	const { data: previousData } = await provider.getOne('umkm', { id: created[1] });
	await provider.update('umkm', { id: created[1], data: { name: 'Lebih dahulu (contoh)' }, previousData });
	await type('name', 'Terlambat (contoh)');
	await click('save');
	await until('notes', notes => notes.textContent === 'Data sudah berubah');
	assert.equal((await provider.getOne('umkm', { id: created[1] })).data.name, 'Lebih dahulu (contoh)');
});

test('delete takes the record away', async () => {
	const id = created.pop();
	open(`/umkm/${id}`);
	await click('delete');
	await until('notes', notes => notes.textContent.includes('deleted'));
	await assert.rejects(provider.getOne('umkm', { id }), { status: 404 });
});

test('references are asked for together', async () => {
	const { data } = await provider.getMany('villages', { ids: [village_code, '35.05.17.2009'] });
	assert.deepEqual(data.map(({ id, name }) => `${id} ${name}`).sort(), ['35.05.07.2011 Jeding', '35.05.17.2009 Balerejo']);
	const umkm = await provider.getMany('umkm', { ids: created.slice(0, 2) });
	assert.deepEqual(umkm.data.map(each => each.id).sort(), created.slice(0, 2).sort());
	const ofVillage = await provider.getManyReference('umkm', {
		target: 'village_code', id: village_code, pagination: { page: 1, perPage: 5 }, sort: { field: 'name', order: 'ASC' }, filter: {},
	});
	assert.ok(ofVillage.data.length === 5 && ofVillage.data.every(each => each.village_code === village_code));
});
