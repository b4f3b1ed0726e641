namespace AiObs.Operations;

/// <summary>What the rounds within one call took together.</summary>
internal readonly record struct RoundSums(long Input, long Output, long CacheRead, long CacheWrite, long CacheWrite1h, long CacheWrite5m)
{
    public RoundSums Plus(in ReportedUsage round) => new(
        Input + (round.WholeInput ?? 0),
        Output + (round.Output ?? 0),
        CacheRead + (round.CacheRead ?? 0),
        CacheWrite + (round.CacheWrite ?? 0),
        CacheWrite1h + (round.CacheWrite1h ?? 0),
        CacheWrite5m + (round.CacheWrite5m ?? 0));
}
