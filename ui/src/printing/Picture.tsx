import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../components/ProblemAlert';
import { fetchPicture } from './calls';

/** The first label as the printer would draw it; what keeps it from being printed stands in its place. */
export function Picture({ label, item }: { label: string; item: string }) {
  const { t } = useTranslation();
  const picture = useQuery({
    queryKey: ['labels', 'picture', label, item],
    queryFn: ({ signal }) => fetchPicture(label, item, signal),
    retry: false,
  });
  if (picture.isPending) return <Skeleton.Node active className="print-picture" />;
  if (picture.isError) return <ProblemAlert problem={picture.error} />;
  return (
    <figure className="print-picture">
      <img src={picture.data} alt={t('printing.picture', { code: item })} />
    </figure>
  );
}
