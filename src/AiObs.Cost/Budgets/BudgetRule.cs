namespace AiObs.Cost.Budgets;

/// <summary>One limit of a budget, in one unit, with the accounts that it is counted on.</summary>
internal sealed class BudgetRule
{
    private readonly string? _modelPrefix;
    private readonly bool _refusesUnpriced;
    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan _period;

    public BudgetRule(Budget budget, BudgetUnit unit, decimal limit)
    {
        Name = budget.Name;
        Scope = budget.Scope;
        Tag = budget.Scope == BudgetScope.Tag ? budget.Tag : null;
        Window = budget.Window;
        Mode = budget.Mode;
        Unit = unit;
        Limit = limit;
        AlertAt = [.. budget.AlertAt.Order()];
        EndsStreams = budget.EndStreams && budget.Mode == BudgetMode.Block;
        _modelPrefix = budget.ModelPrefix;
        _refusesUnpriced = budget.RefuseUnpriced;
        _period = budget.Period ?? TimeSpan.Zero;
        _zone = budget.TimeZone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : TimeZoneInfo.Utc;
    }

    public string Name { get; }

    public BudgetScope Scope { get; }

    /// <summary>Gets the only tag that counts; <see langword="null"/> where all do.</summary>
    public string? Tag { get; }

    public BudgetWindow Window { get; }

    public BudgetMode Mode { get; }

    public BudgetUnit Unit { get; }

    public decimal Limit { get; }

    /// <summary>Gets the parts of the limit that are told of, the lowest first.</summary>
    public IReadOnlyList<decimal> AlertAt { get; }

    public bool EndsStreams { get; }

    public static IEnumerable<BudgetRule> Of(Budget budget)
    {
        if (budget.Limit is { } money)
        {
            yield return new BudgetRule(budget, BudgetUnit.Usd, money);
        }

        if (budget.TokenLimit is { } tokens)
        {
            yield return new BudgetRule(budget, BudgetUnit.Tokens, tokens);
        }
    }

    public bool Covers(string? model) =>
        _modelPrefix is null || (model is not null && model.StartsWith(_modelPrefix, StringComparison.OrdinalIgnoreCase));

    public Claim ClaimOf(in BudgetRequest request) => (Unit, request.EstimatedCost) switch
    {
        (BudgetUnit.Tokens, _) => Claim.Of(request.EstimatedTokens, request.HighestTokens),
        (_, { } cost) => Claim.Of(cost, request.HighestCost),
        _ => Claim.Unpriced,
    };

    public bool Refuses(in Claim claim) => claim.IsUnpriced && _refusesUnpriced;

    public SpendWindow CreateWindow() => Window switch
    {
        BudgetWindow.Rolling => new RollingWindow(_period),
        BudgetWindow.CalendarDay => new CalendarWindow(_zone, isMonth: false),
        BudgetWindow.CalendarMonth => new CalendarWindow(_zone, isMonth: true),
        _ => new EndlessWindow(),
    };

    /// <summary>Returns for how long the limit is meant to last; <see langword="null"/> where it has no length of time.</summary>
    public TimeSpan? LengthAt(long now)
    {
        switch (Window)
        {
            case BudgetWindow.Rolling:
                return _period;
            case BudgetWindow.CalendarDay:
                return TimeSpan.FromDays(1);
            case BudgetWindow.CalendarMonth:
                var today = TimeZoneInfo.ConvertTime(new DateTimeOffset(now, TimeSpan.Zero), _zone);
                return TimeSpan.FromDays(DateTime.DaysInMonth(today.Year, today.Month));
            default:
                return null;
        }
    }
}
