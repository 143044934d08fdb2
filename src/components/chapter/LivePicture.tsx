import { useContext } from 'preact/hooks';
import { type Paint, Picture } from '@/components/plots/Picture';
import { WithoutScript } from '@/reader/without-script';

interface Props {
  /** The picture made at build time, which stands until the first is painted: its name in figures/<chapter>/stills.ts. */
  readonly still: string;
  /** In view from the start: the still picture is fetched at once, not when it comes near. */
  readonly first?: boolean | undefined;
  /** Whether the still picture differs in the dark. */
  readonly themed?: boolean;
  /** What the picture shows, in words; it follows the data. */
  readonly label: string;
  /** Undefined until there is something to paint. */
  readonly paint: Paint | undefined;
}

/** A picture of cells that was there before the page came alive. */
export function LivePicture({ still, first = false, themed = false, label, paint }: Props) {
  const withoutScript = useContext(WithoutScript) !== undefined;
  if (paint && !withoutScript) return <Picture label={label} paint={paint} />;
  const loading = first ? 'eager' : 'lazy';
  const address = (name: string) => `/chapters/stills/${name}.svg`;
  return themed ? (
    <picture>
      <source media="(prefers-color-scheme: dark)" srcset={address(`${still}-dark`)} />
      <img class="still" src={address(`${still}-light`)} alt={label} loading={loading} />
    </picture>
  ) : (
    <img class="still" src={address(still)} alt={label} loading={loading} />
  );
}
