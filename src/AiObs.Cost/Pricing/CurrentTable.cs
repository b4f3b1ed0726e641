using AiObs.Cost.Units;

namespace AiObs.Cost.Pricing;

/// <summary>The price table that a root prices by: that of the package, until another takes its place.</summary>
/// <param name="first">The table at the start.</param>
internal sealed class CurrentTable(IPriceTable first)
{
    private volatile IPriceTable _now = first;
    private long _currentTicks = EmbeddedPrices.Published.UtcTicks;

    public CurrentTable()
        : this(TablePricing.Embedded)
    {
    }

    /// <summary>Gets the table. Whoever prices one call takes it once, so that the call is priced by one table.</summary>
    public IPriceTable Now => _now;

    /// <summary>Gets or sets when it was last known to be current; for that of the package, the day on which it was published.</summary>
    public DateTimeOffset CurrentAt
    {
        get => new(Interlocked.Read(ref _currentTicks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _currentTicks, value.UtcTicks);
    }

    /// <summary>Has later calls priced by another table; those that run keep theirs.</summary>
    public void Replace(IPriceTable table) => _now = table;
}
