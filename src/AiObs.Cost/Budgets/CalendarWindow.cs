namespace AiObs.Cost.Budgets;

/// <summary>The calendar day or month of a time zone.</summary>
internal sealed class CalendarWindow(TimeZoneInfo zone, bool isMonth) : SpendWindow
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    private decimal _spent;
    private long _end;

    public override decimal Spent(long now)
    {
        if (now >= _end)
        {
            _spent = 0;
            _end = EndAfter(now);
        }

        return _spent;
    }

    public override void Add(decimal amount, long now) => _spent = Spent(now) + amount;

    public override long? WhenFreed(decimal amount, long now)
    {
        Spent(now);
        return _end;
    }

    private long EndAfter(long now)
    {
        var today = TimeZoneInfo.ConvertTime(new DateTimeOffset(now, TimeSpan.Zero), zone).Date;
        var next = isMonth ? today.AddDays(1 - today.Day).AddMonths(1) : today.AddDays(1);
        while (zone.IsInvalidTime(next))
        {
            // Where clocks are put forward at midnight, the day begins later.
            next += Step;
        }

        // Where clocks are put back at midnight, there are two of them, and the day begins with the first.
        var offset = zone.IsAmbiguousTime(next) ? zone.GetAmbiguousTimeOffsets(next).Max() : zone.GetUtcOffset(next);
        return new DateTimeOffset(next, offset).UtcTicks;
    }
}
