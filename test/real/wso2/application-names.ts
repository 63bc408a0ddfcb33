import { read, type RealServer } from './requests';

/** The names of all applications of a server, sorted; a server of 6.x lists one several times when it has several protocols. */
export async function applicationNames(server: RealServer): Promise<string[]> {
  const names = new Set<string>();
  for (let offset = 0; ;) {
    const page = (await read(server, `applications?limit=100&offset=${offset}`)) as {
      applications: { name: string }[];
    };
    if (page.applications.length === 0) return [...names].sort();
    for (const { name } of page.applications) names.add(name);
    offset += page.applications.length;
  }
}
