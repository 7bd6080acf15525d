import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { http } from '../../api/http';
import type { Outcome } from '../../api/operations';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { ScanDesk } from './desk';
import { plan } from './posting';
import { usePart } from './useDesk';

/** Try a posting out (试过账): the server says what it would answer, and changes nothing. */
export function TryOut({ desk }: { desk: ScanDesk }) {
  const { t } = useTranslation();
  const draft = usePart(desk, (state) => state.draft);
  const attempt = useMutation({
    mutationFn: () =>
      http.post<Outcome>(
        `/operations/${encodeURIComponent(desk.kind.name)}?dry_run=true`,
        plan(draft, desk.kind, desk.shape, 'all').body,
      ),
  });
  return (
    <div className="try-out">
      <Button type="link" loading={attempt.isPending} onClick={() => attempt.mutate()}>
        {t('scan.tryOut')}
      </Button>
      {attempt.isSuccess && (
        <Alert type="success" showIcon title={t('scan.wouldPost', { count: attempt.data.accepted })} />
      )}
      <ProblemAlert problem={attempt.error} />
    </div>
  );
}
