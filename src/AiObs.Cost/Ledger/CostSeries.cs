using System.Globalization;

namespace AiObs.Cost.Ledger;

/// <summary>Adds records up by spans of time and keys. Not thread-safe.</summary>
internal sealed class CostSeries
{
    public const int MaxIntervals = 10_000;
    public const int MaxTop = 1_000;

    private readonly Dictionary<long, CostSum> _sums = [];
    private readonly Dictionary<(long Place, string? Key, bool IsOther), CostSum> _groups = [];
    private readonly CostQuery _query;
    private readonly long _ticks;
    private readonly CostGrouping? _grouping;
    private readonly int _top;

    /// <summary>Initializes a new instance of the <see cref="CostSeries"/> class.</summary>
    /// <exception cref="ArgumentNullException">There is no query.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not positive, or so short that the times of the query have too many; the number of keys is out of range; there is no such grouping.</exception>
    public CostSeries(CostQuery query, TimeSpan interval, CostGrouping? grouping, int top)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, MaxTop);
        if (grouping is { } given && !Enum.IsDefined(given))
        {
            throw new ArgumentOutOfRangeException(nameof(grouping), grouping, "There is no such grouping.");
        }

        (_query, _ticks, _grouping, _top) = (query, interval.Ticks, grouping, top);
        if (query is { After: { } after, Before: { } before })
        {
            Check(PlaceOf(after.UtcTicks), PlaceOf(before.UtcTicks), new TimeSpan(_ticks));
        }
    }

    public void Add(CostRecord record)
    {
        var place = PlaceOf(record.Time.UtcTicks);
        Add(place, record);
        if (_grouping is { } grouping)
        {
            foreach (var key in CostKeys.Of(record, grouping))
            {
                var group = (place, key, false);
                _groups[group] = _groups.GetValueOrDefault(group, CostSum.Zero).Add(record);
            }
        }
    }

    /// <summary>Adds what is added up already.</summary>
    public void Add(long place, CostSum sum) => _sums[place] = _sums.GetValueOrDefault(place, CostSum.Zero).Add(sum);

    /// <summary>Adds what is added up already, of one key.</summary>
    public void Add(long place, CostGroup group)
    {
        var key = (place, group.Key, group.IsOther);
        _groups[key] = _groups.GetValueOrDefault(key, CostSum.Zero).Add(group.Sum);
    }

    /// <summary>Returns all intervals from the start of the query, or the first record, to its end, or the last record.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are too many.</exception>
    public IReadOnlyList<CostInterval> ToIntervals()
    {
        if (_sums.Count == 0 && (_query.After is null || _query.Before is null))
        {
            return [];
        }

        var first = _query.After is { } after ? PlaceOf(after.UtcTicks) : _sums.Keys.Min();
        var last = _query.Before is { } before ? PlaceOf(before.UtcTicks) : _sums.Keys.Max();
        Check(first, last, new TimeSpan(_ticks));
        var groups = Roll();
        var intervals = new List<CostInterval>();
        for (var place = first; place <= last; place++)
        {
            intervals.Add(new(
                new DateTimeOffset(place * _ticks, TimeSpan.Zero),
                _sums.GetValueOrDefault(place, CostSum.Zero),
                groups.TryGetValue(place, out var found) ? CostGroup.Sort(found) : []));
        }

        return intervals;
    }

    private void Add(long place, CostRecord record) => _sums[place] = _sums.GetValueOrDefault(place, CostSum.Zero).Add(record);

    /// <summary>Rolls all keys but the largest into the rest.</summary>
    private Dictionary<long, List<CostGroup>> Roll()
    {
        var totals =
            from entry in _groups
            where !entry.Key.IsOther
            group entry.Value by entry.Key.Key into sums
            select new CostGroup(sums.Key, sums.Aggregate(CostSum.Zero, static (sum, one) => sum.Add(one)));
        var kept = CostGroup.Sort([.. totals]).Take(_top).Select(static group => new CostGroup(group.Key, CostSum.Zero)).ToHashSet();
        var rolled =
            from entry in _groups
            let isOther = entry.Key.IsOther || !kept.Contains(new(entry.Key.Key, CostSum.Zero))
            group entry.Value by (entry.Key.Place, Key: isOther ? null : entry.Key.Key, IsOther: isOther) into sums
            select (sums.Key.Place, Group: new CostGroup(sums.Key.Key, sums.Aggregate(CostSum.Zero, static (sum, one) => sum.Add(one))) { IsOther = sums.Key.IsOther });
        return rolled.GroupBy(static row => row.Place, static row => row.Group).ToDictionary(static rows => rows.Key, static rows => rows.ToList());
    }

    // From the start of the calendar, so that minutes, hours and days are those of UTC, and weeks start on Mondays.
    private long PlaceOf(long ticks) => ticks / _ticks;

    private static void Check(long first, long last, TimeSpan interval)
    {
        if (last - first >= MaxIntervals)
        {
            throw new ArgumentOutOfRangeException(
                nameof(interval),
                interval,
                string.Create(CultureInfo.InvariantCulture, $"The times have {last - first + 1} such intervals; {MaxIntervals} are the most. Take a longer interval, or After and Before that are closer."));
        }
    }
}
