import { useQuery } from '@tanstack/react-query';
import { placeOf, tableOf, walk } from '../../formdesigner/tree';
import { tableOfRule } from '../../formdesigner/rules';
import type { Node } from '../../formula';
import { parse } from '../../formulaeditor/calls';
import type { EditorField } from '../../formulaeditor/fields';
import { editorFields } from '../../formulaeditor/fields';
import { useDesk } from './desk';

/** The formulas of what is drawn as trees, by their texts, as the server gives them with a published form. */
export function useTrees(): Readonly<Record<string, Node>> | undefined {
  const { board, kinds } = useDesk();
  const { present, rules } = board;
  const wanted = new Map<string, EditorField[]>();
  const add = (formula: unknown, table: string | null) => {
    if (typeof formula === 'string' && formula.trim() !== '') {
      wanted.set(formula, editorFields(present, kinds, table));
    }
  };
  for (const one of walk(present)) {
    const { table } = one.options ?? {};
    const rolled = walk(present).find((other) => other.kind === 'subform' && other.code === table)?.id;
    const own = tableOf(present, placeOf(present, one.id)?.within ?? null, kinds);
    for (const option of kinds.get(one.kind)?.options ?? []) {
      if (option.type === 'formula') add(one.options?.[option.name], rolled ?? own);
    }
  }
  for (const one of rules) {
    const table = tableOfRule(one, present);
    add(one.when, table);
    add(one.value, table);
  }
  const { data } = useQuery({
    queryKey: ['form-design', 'trees', [...wanted]],
    queryFn: async () => {
      const trees: Record<string, Node> = {};
      await Promise.all(
        [...wanted].map(async ([formula, fields]) => {
          const { tree } = await parse(formula, fields);
          // What is wrong with a formula is told where it is written; here its field stays empty.
          if (tree !== null) trees[formula] = tree;
        }),
      );
      return trees;
    },
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return data;
}
