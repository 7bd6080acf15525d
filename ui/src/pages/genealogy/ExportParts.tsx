import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { Direction } from '../../api/genealogy';
import { download, http } from '../../api/http';
import { problemOf } from '../../api/problem';
import { ExportButton } from '../../components/ExportButton';
import { Icon } from '../../components/Icon';

interface ExportPartsProps {
  code: string;
  namespace: string | undefined;
  direction: Direction;
  at: string | null;
}

/** The whole genealogy, every level, as a spreadsheet or on paper. */
export function ExportParts({ code, namespace, direction, at }: ExportPartsProps) {
  const { message } = App.useApp();
  const path = `/items/${encodeURIComponent(code)}/genealogy`;
  const paper = useMutation({
    mutationFn: () => download(`${path}.pdf`, `${code}-${direction}.pdf`, { direction, at, namespace }),
    onError: (error) => void message.error(problemOf(error).title),
  });
  const start = (format: string) => {
    const query = namespace === undefined ? '' : `?namespace=${encodeURIComponent(namespace)}`;
    return http.post<{ job: string }>(`${path}:export${query}`, { direction, at, format });
  };
  return (
    <span className="row">
      <ExportButton onStart={start} />
      <Button icon={<Icon name="print" size={16} />} loading={paper.isPending} onClick={() => paper.mutate()}>
        PDF
      </Button>
    </span>
  );
}
