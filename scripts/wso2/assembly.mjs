// Puts a server together from pinned artifacts: once for each state of the coordinates and of the sources here.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { download, parseCoordinates } from './download.mjs';
import { installFeatures } from './features.mjs';
import { run } from './programs.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
/** What an assembly is made by and of, besides its level. */
const SOURCES = ['assembly.mjs', 'download.mjs', 'features.mjs', 'consent-tables.sql', 'conf', 'java'];
const PASSWORD = 'wso2carbon';
const KEYSTORES = 'repository/resources/security';
/** Parts of the JDK that the kernel does not hand to bundles by itself, and that signing of SAML needs. */
const XML_SIGNATURE = ['', '.dom', '.dsig', '.dsig.dom', '.dsig.keyinfo', '.dsig.spec'];

/** Folder for what is kept between runs: LIFTLOCK_CACHE, or `liftlock` in the user's cache folder. */
export function cacheFolder() {
  const { LIFTLOCK_CACHE, XDG_CACHE_HOME, HOME } = process.env;
  return LIFTLOCK_CACHE || path.join(XDG_CACHE_HOME || path.join(HOME || os.homedir(), '.cache'), 'liftlock');
}

/** The levels that can be put together. */
export async function levels() {
  return (await readdir(path.join(HERE, 'levels'))).sort();
}

/**
 * Gives the folder of an assembled server of a level (a folder of `levels`), and makes it where it is not there.
 * A half made one is never taken: it is built elsewhere and renamed when it is whole.
 *
 * @param {(text: string) => void} say is told what takes time
 */
export async function assemble(level, say) {
  const parent = path.join(cacheFolder(), 'wso2');
  const folder = path.join(parent, `${level}-${await digestOfSources(level)}`);
  if (existsSync(folder)) return folder;
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const scratch = await mkdtemp(path.join(parent, '.making-'));
  try {
    await build(level, scratch, say);
    await rename(path.join(scratch, 'kernel'), folder).catch((error) => {
      // Another run made the same one in the meantime.
      if (!existsSync(folder)) throw error;
    });
    return folder;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function digestOfSources(level) {
  const hash = createHash('sha256');
  for (const source of [...SOURCES, path.join('levels', level)]) {
    for (const file of await filesUnder(path.join(HERE, source))) {
      hash
        .update(`${path.relative(HERE, file)}\0`)
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesUnder(where) {
  if ((await stat(where)).isFile()) return [where];
  const entries = await readdir(where, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

async function build(level, scratch, say) {
  const settings = path.join(HERE, 'levels', level);
  const kernel = path.join(scratch, 'kernel');
  const coordinates = path.join(settings, 'coordinates.txt');
  const began = performance.now();
  say(`Fetching the artifacts of level ${level} …`);
  const artifacts = parseCoordinates(await readFile(coordinates, 'utf8'), coordinates);
  const files = await download(artifacts, path.join(scratch, 'downloads'));
  const fetched = performance.now();
  say(`Fetched ${artifacts.length} artifacts in ${seconds(fetched - began)}. Assembling …`);
  await unpackKernel(files.kernel[0], scratch);
  await installFeatures(kernel, files.feature, path.join(scratch, 'features'));
  await configure(kernel, settings);
  await Promise.all([
    makeKeyPair(kernel),
    createTables(kernel),
    addBundles(kernel, settings, files.bundle, scratch).then(() => addRestLayer(kernel, settings, files.web, scratch)),
  ]);
  say(`Assembled in ${seconds(performance.now() - fetched)}.`);
}

const seconds = (milliseconds) => `${Math.round(milliseconds / 1000)} s`;

async function unpackKernel(zip, scratch) {
  await run('jar', ['--extract', '--file', zip], { cwd: scratch });
  const [name] = (await readdir(scratch)).filter((entry) => entry.startsWith('wso2carbon-core-'));
  await rename(path.join(scratch, name), path.join(scratch, 'kernel'));
}

async function configure(kernel, settings) {
  await cp(path.join(HERE, 'conf'), path.join(kernel, 'repository/conf'), { recursive: true });
  const ofLevel = path.join(settings, 'conf');
  if (existsSync(ofLevel)) await cp(ofLevel, path.join(kernel, 'repository/conf'), { recursive: true });
  await mkdir(path.join(kernel, 'repository/conf/attributes/userstore'), { recursive: true });
  await mkdir(path.join(kernel, 'repository/deployment/server/userstores'), { recursive: true });
  const settingsFile = path.join(kernel, 'repository/conf/deployment.toml');
  const { suffix, type } = await storeFormat(kernel);
  const toml = await readFile(settingsFile, 'utf8');
  await writeFile(settingsFile, toml.replaceAll('${STORE_SUFFIX}', suffix).replaceAll('${STORE_TYPE}', type));
  const launch = path.join(kernel, 'repository/conf/etc/launch.ini');
  const text = await readFile(launch, 'utf8');
  const packages = XML_SIGNATURE.map((name) => `javax.xml.crypto${name},\\\n`).join('');
  const extended = text.replace(/^javax\.xml\.datatype,\\$/m, `${packages}$&`);
  if (extended === text) throw new Error('launch.ini of the kernel lists its packages in another way than expected.');
  await writeFile(launch, extended);
}

async function addBundles(kernel, settings, jars, scratch) {
  const plugins = path.join(kernel, 'repository/components/plugins');
  const dropins = path.join(kernel, 'repository/components/dropins');
  const types = path.join(scratch, 'liftlock.wso2.types-1.0.0.jar');
  await compile('types', types, [], scratch, path.join(settings, 'types.mf'));
  const [osgi] = (await readdir(plugins)).filter((name) => /^org\.eclipse\.osgi_/.test(name));
  const program = path.join(HERE, 'java/assembly/Bundles.java');
  const rules = path.join(settings, 'bundle-rules.txt');
  await run('java', ['-cp', path.join(plugins, osgi), program, kernel, rules, dropins, ...jars, types]);
  const libraries = [path.join(plugins, '*'), path.join(dropins, '*')];
  const server = path.join(scratch, 'liftlock.wso2.server-1.0.0.jar');
  await compile('server', server, libraries, scratch, path.join(HERE, 'java/server/server.mf'));
  await cp(server, path.join(dropins, path.basename(server)));
}

async function addRestLayer(kernel, settings, jars, scratch) {
  const lib = path.join(kernel, 'repository/liftlock/lib');
  await mkdir(lib, { recursive: true });
  for (const jar of jars) await cp(jar, path.join(lib, path.basename(jar)));
  for (const list of ['apis.txt', 'stand-ins.txt']) {
    await cp(path.join(settings, list), path.join(kernel, 'repository/liftlock', list));
  }
  const components = path.join(kernel, 'repository/components');
  const libraries = [lib, path.join(components, 'dropins'), path.join(components, 'plugins')].map((folder) =>
    path.join(folder, '*'),
  );
  await compile('rest', path.join(lib, 'liftlock.wso2.rest-1.0.0.jar'), libraries, scratch);
}

/** Compiles the folder `java/NAME` to a jar. */
async function compile(name, jar, libraries, scratch, manifest) {
  const source = path.join(HERE, 'java', name);
  const entries = await readdir(source, { recursive: true });
  const files = entries.filter((entry) => entry.endsWith('.java')).map((entry) => path.join(source, entry));
  const classes = path.join(scratch, 'classes', name);
  await run('javac', ['--release', '11', '-nowarn', '-proc:none', '-cp', libraries.join(':'), '-d', classes, ...files]);
  const options = manifest === undefined ? [] : ['--manifest', manifest];
  await run('jar', ['--create', '--file', jar, ...options, '-C', classes, '.']);
}

/** How a kernel keeps its keys: as JKS, from 4.10 on as PKCS12. */
async function storeFormat(kernel) {
  const names = await readdir(path.join(kernel, KEYSTORES));
  return names.includes('wso2carbon.p12') ? { suffix: 'p12', type: 'PKCS12' } : { suffix: 'jks', type: 'JKS' };
}

/** A key for localhost in place of the one that every kernel is shipped with; `ca.pem` is what a client has to trust. */
async function makeKeyPair(kernel) {
  const folder = path.join(kernel, KEYSTORES);
  const { suffix, type } = await storeFormat(kernel);
  const ofStore = (name) => [
    '-keystore',
    path.join(folder, `${name}.${suffix}`),
    '-storepass',
    PASSWORD,
    '-alias',
    PASSWORD,
  ];
  const keys = ofStore('wso2carbon');
  const trusted = ofStore('client-truststore');
  const certificate = path.join(kernel, 'ca.pem');
  const names = ['-dname', 'CN=localhost', '-ext', 'SAN=dns:localhost,ip:127.0.0.1'];
  const kind = ['-keyalg', 'RSA', '-keysize', '2048', '-validity', '3650', '-storetype', type];
  if (type === 'JKS') kind.push('-keypass', PASSWORD);
  await run('keytool', ['-delete', ...keys]);
  await run('keytool', ['-genkeypair', ...keys, ...names, ...kind]);
  await run('keytool', ['-exportcert', '-rfc', '-file', certificate, ...keys]);
  await run('keytool', ['-delete', ...trusted]);
  await run('keytool', ['-importcert', '-noprompt', '-file', certificate, ...trusted]);
}

async function createTables(kernel) {
  const plugins = path.join(kernel, 'repository/components/plugins');
  const [h2] = (await readdir(plugins)).filter((name) => /^h2-engine/.test(name));
  const database = ['-url', 'jdbc:h2:./repository/database/WSO2IDENTITY_DB', '-user', PASSWORD, '-password', PASSWORD];
  for (const script of ['dbscripts/identity/h2.sql', path.join(HERE, 'consent-tables.sql')]) {
    const program = ['-cp', path.join(plugins, h2), 'org.h2.tools.RunScript'];
    await run('java', [...program, ...database, '-script', script], { cwd: kernel });
  }
}
