import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Direction, Genealogy } from '../../api/genealogy';
import { getGenealogy } from '../../api/genealogy';
import { saveBlob } from '../../api/http';
import { problemOf } from '../../api/problem';
import { Icon } from '../../components/Icon';

interface ExportPartsProps {
  code: string;
  namespace: string | undefined;
  direction: Direction;
  at: string | null;
}

/** The whole genealogy, every level, as a file that Excel opens. */
export function ExportParts({ code, namespace, direction, at }: ExportPartsProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const run = useMutation({
    mutationFn: async () => {
      const pages: Genealogy[] = [];
      let after: string | undefined;
      do {
        const page = await getGenealogy(code, { direction, at, depth: 50, after, limit: 1000, namespace });
        pages.push(page);
        after = page.next ?? undefined;
      } while (after !== undefined);
      saveBlob(new Blob([sheetOf(pages, t)], { type: 'text/csv;charset=utf-8' }), `${code}-${direction}.csv`);
    },
    onError: (error) => void message.error(problemOf(error).title),
  });
  return (
    <Button icon={<Icon name="export" size={16} />} loading={run.isPending} onClick={() => run.mutate()}>
      {t('exportList')}
    </Button>
  );
}

/** Edges as lines of a table, with a mark at its beginning that makes Excel read Chinese. */
export function sheetOf(pages: Genealogy[], t: (key: string) => string): string {
  const nodes = new Map(pages.flatMap((page) => page.nodes.map((node) => [node.id, node])));
  const seen = new Set<string>();
  const lines = pages
    .flatMap((page) => page.edges)
    .flatMap((edge) => {
      const parent = nodes.get(edge.parent);
      const child = nodes.get(edge.child);
      const key = `${edge.parent} ${edge.child} ${edge.since}`;
      if (!parent || !child || seen.has(key)) return [];
      seen.add(key);
      return [
        [
          parent.code,
          parent.product,
          child.kind === 'item' ? child.code : '',
          child.product,
          child.kind === 'batch' ? child.code : child.batch,
          edge.quantity,
          edge.since,
          edge.until,
        ],
      ];
    });
  const heads = ['parent', 'parentProduct', 'code', 'product', 'batch', 'quantity', 'since', 'until'];
  return `\ufeff${[heads.map((head) => t(`genealogy.sheet.${head}`)), ...lines]
    .map((line) => line.map((cell) => quoted(cell)).join(','))
    .join('\r\n')}\r\n`;
}

/** A cell that Excel takes as text, never as a formula or a number without its zeros. */
function quoted(cell: string | number | null): string {
  if (typeof cell === 'number') return String(cell);
  const text = cell ?? '';
  return `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
