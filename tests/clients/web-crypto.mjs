/** Node 18 has the Web Crypto API, but without the globals of browsers and later versions. */
import { webcrypto } from 'node:crypto';

globalThis.crypto ??= webcrypto;
globalThis.CryptoKey ??= webcrypto.CryptoKey;
