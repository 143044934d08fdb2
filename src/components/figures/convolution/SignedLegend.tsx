import { Legend } from '@/components/plots/Legend';

interface Props {
  readonly limit: number;
  /** What is shown, with its unit. */
  readonly label: string;
  /** After a ReLU: the orange half alone. */
  readonly positive?: boolean;
}

/** The legend of a signed map: zero is the paper. */
export function SignedLegend({ limit, label, positive = false }: Props) {
  return positive ? (
    <Legend map="positive" low={0} high={limit} ticks={[0, limit]} label={`${label}, and above`} />
  ) : (
    <Legend map="diverging" low={-limit} high={limit} ticks={[-limit, 0, limit]} label={`${label}, and beyond`} />
  );
}
