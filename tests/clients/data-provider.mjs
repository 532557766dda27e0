import { HttpError, fetchUtils } from 'ra-core';

/**
 * The data provider of react-admin for this API: pages by cursor, changes by version, field errors
 * from violations. `token` is a function that returns the access token. `keys` names the key of
 * resources that have no `id`.
 */
export function dataProvider(base, token, keys = { districts: 'code', villages: 'code' }) {
	const cursors = new Map(); // list -> the cursor at which each page begins
	const key = resource => keys[resource] ?? 'id';
	const record = resource => row => ({ ...row, id: row[key(resource)] });
	const at = (resource, id) => `${resource}/${encodeURIComponent(id)}`;
	const version = ({ version }) => ({ 'If-Match': `"${version}"` });

	const call = async (method, path, body, headers = {}) => {
		const options = { method, headers: new Headers({ 'Accept-Language': 'id', ...headers }), body: body && JSON.stringify(body) };
		try {
			return (await fetchUtils.fetchJson(`${base}/v1/${path}`, { ...options, user: { authenticated: true, token: `Bearer ${token()}` } })).json;
		} catch ({ status, message, body: problem }) {
			const errors = Object.fromEntries((problem?.violations ?? []).filter(each => each.pointer)
				.map(({ pointer, detail }) => [pointer.slice(1).replaceAll('/', '.'), detail]));
			throw new HttpError(problem?.detail ?? problem?.title ?? message, status, { ...problem, errors });
		}
	};

	const getList = async (resource, { pagination: { page, perPage: limit }, sort, filter }) => {
		const list = `${resource}?${new URLSearchParams({ ...filter, sort: (sort.order === 'DESC' ? '-' : '') + sort.field, limit })}`;
		const starts = cursors.get(list) ?? cursors.set(list, ['']).get(list);
		for (let n = Math.min(page, starts.length); ; n++) {
			const { data, page: { has_more, next_cursor } } = await call('GET', list + (starts[n - 1] && `&cursor=${starts[n - 1]}`));
			if (has_more) starts[n] = next_cursor;
			if (n === page || !has_more)
				return { data: n === page ? data.map(record(resource)) : [], pageInfo: { hasNextPage: has_more, hasPreviousPage: page > 1 } };
		}
	};
	const each = action => async (resource, { ids, ...rest }) => {
		await Promise.all(ids.map(async id => action(resource, { ...rest, id, previousData: await call('GET', at(resource, id)) })));
		return { data: ids };
	};
	const update = async (resource, { id, data, previousData }) => {
		const changed = Object.entries(data).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(previousData[name]));
		const headers = { ...version(previousData), 'Content-Type': 'application/merge-patch+json' };
		return { data: record(resource)(await call('PATCH', at(resource, id), Object.fromEntries(changed), headers)) };
	};
	const remove = async (resource, { id, previousData }) => {
		await call('DELETE', at(resource, id), undefined, version(previousData));
		return { data: previousData };
	};
	return {
		getList,
		getManyReference: (resource, { target, id, filter, ...rest }) => getList(resource, { ...rest, filter: { ...filter, [target]: id } }),
		getMany: async (resource, { ids }) =>
			({ data: (await call('GET', `${resource}?${key(resource)}=${ids.join()}&limit=${ids.length}`)).data.map(record(resource)) }),
		getOne: async (resource, { id }) => ({ data: record(resource)(await call('GET', at(resource, id))) }),
		create: async (resource, { data }) =>
			({ data: record(resource)(await call('POST', resource, data, { 'Idempotency-Key': crypto.randomUUID() })) }),
		update,
		updateMany: each(update),
		delete: remove,
		deleteMany: each(remove),
	};
}
