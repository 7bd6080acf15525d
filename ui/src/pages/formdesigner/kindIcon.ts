import type { IconName } from '../../components/Icon';
import type { Kind } from '../../formdesigner/declared';

/** Our icons for those that the kinds name. */
const ICONS: Record<string, IconName> = {
  FontSize: 'text',
  AlignLeft: 'list',
  FieldNumber: 'number',
  Calendar: 'calendar',
  FieldTime: 'history',
  Schedule: 'calendar',
  CheckCircle: 'ellipse',
  CheckSquare: 'jobs',
  Poweroff: 'refresh',
  User: 'users',
  Team: 'partner',
  Apartment: 'partner',
  Solution: 'partner',
  Environment: 'place',
  Product: 'product',
  Table: 'table',
  Profile: 'rect',
  Barcode: 'code',
  Scan: 'scan',
  Qrcode: 'qr',
  QrCode: 'qr',
  Picture: 'picture',
  Camera: 'camera',
  PaperClip: 'import',
  Link: 'copy',
  Function: 'formula',
  Calculator: 'formula',
  Inbox: 'batch',
  Appstore: 'more',
  Edit: 'edit',
  Highlight: 'edit',
  Phone: 'keyboard',
  Mail: 'audit',
  Idcard: 'shield',
  SafetyCertificate: 'shield',
  OrderedList: 'list',
  UnorderedList: 'list',
  ClockCircle: 'history',
  Hourglass: 'history',
  Percentage: 'number',
  Star: 'ellipse',
  Tool: 'wrench',
  Gold: 'package',
  Container: 'package',
  Printer: 'print',
  FileText: 'audit',
  InfoCircle: 'info',
  Global: 'globe',
  Search: 'search',
  Code: 'code',
  Transaction: 'number',
  PayCircle: 'number',
  FieldBinary: 'key',
  DownSquare: 'down',
  CustomerService: 'partner',
  Shop: 'home',
  Truck: 'truck',
  Crown: 'key',
  ShareAlt: 'copy',
  FileSearch: 'search',
  Cluster: 'cycle',
  Tags: 'label',
  Merge: 'pages',
  Aim: 'guide',
  BgColors: 'sun',
  NodeIndex: 'cycle',
  Experiment: 'check',
  Insurance: 'shield',
  Minus: 'minus',
  Thunderbolt: 'right',
  MenuFold: 'spreadDown',
  Switcher: 'pages',
  PlayCircle: 'camera',
};

const BY_STORE: Record<string, IconName> = {
  text: 'text',
  number: 'number',
  boolean: 'check',
  date: 'calendar',
  moment: 'history',
  reference: 'search',
  json: 'list',
};

/** The icon of a kind; one that we do not have is that of what the kind stores. */
export function kindIcon(kind: Kind | undefined): IconName {
  if (kind === undefined) return 'field';
  const own = ICONS[kind.icon] ?? ICONS[kind.icon.replace(/Outlined$/, '')];
  if (own !== undefined) return own;
  if (kind.derived) return 'formula';
  if (kind.holds !== 'value') return kind.holds === 'rows' ? 'table' : 'rect';
  return BY_STORE[kind.stores[0] ?? ''] ?? 'field';
}
