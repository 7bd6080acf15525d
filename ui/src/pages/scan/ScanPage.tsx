import { Spin } from 'antd';
import { useSearchParams } from 'react-router';
import { useOperations } from '../../api/operations';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Desk } from './Desk';
import { OperationPicker } from './OperationPicker';
import './board.css';
import './scan.css';

/** Scan and do (扫码作业): choose an operation, then scan. */
export function ScanPage() {
  const [params] = useSearchParams();
  const operations = useOperations();
  if (operations.isError) {
    return <ProblemAlert problem={operations.error} onRetry={() => void operations.refetch()} />;
  }
  if (operations.isPending) return <Spin className="table-wait" />;
  const kind = operations.data.find((one) => one.name === params.get('op'));
  return kind ? <Desk key={kind.name} kind={kind} /> : <OperationPicker kinds={operations.data} />;
}
