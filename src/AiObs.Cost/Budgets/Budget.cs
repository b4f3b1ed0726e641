namespace AiObs.Cost.Budgets;

/// <summary>A limit on what model calls may take.</summary>
/// <remarks>
/// <para>
/// A call counts to every budget that it matches. What it is expected to take is reserved before it starts, in all of them or in none;
/// when it ends, what it really took is charged in place of the reserve, to the window in which it ends.
/// </para>
/// <para>
/// What holds, whatever runs at the same time: in a window, at most the limit and what one single call takes beyond its estimate is
/// spent. To keep that promise, a budget lets calls run side by side only where it can stand all that they may take, save one call's
/// part beyond its estimate; see <see cref="ReservationOptions.HighestOutputTokens"/>. Calls whose estimate is as high as they can
/// come never pass the limit at all. The promise excludes what nobody can know beforehand: calls of models without a known price
/// (see <see cref="RefuseUnpriced"/>), images, sound and files in the input, and what a call takes beyond the most that it was said to take.
/// </para>
/// <para>
/// Spend is kept in memory, of this process alone. Time never runs backwards in a budget: when the clock is put back, windows stand
/// still until it has caught up.
/// </para>
/// </remarks>
public sealed class Budget
{
    /// <summary>Gets or sets the name, under which the budget stands in exceptions, metrics and log records.</summary>
    /// <value>Must not be empty, and must differ from those of all other budgets.</value>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets whose spend is limited.</summary>
    /// <value>The default is <see cref="BudgetScope.Global"/>.</value>
    public BudgetScope Scope { get; set; }

    /// <summary>Gets or sets the tag that is limited, with <see cref="BudgetScope.Tag"/>.</summary>
    /// <value>The default is <see langword="null"/>: each tag has the limit for itself.</value>
    public string? Tag { get; set; }

    /// <summary>Gets or sets how the requested model's name must begin for a call to count, upper and lower case being the same.</summary>
    /// <value>The default is <see langword="null"/>: calls of all models count. With a prefix, calls that name no model do not.</value>
    public string? ModelPrefix { get; set; }

    /// <summary>Gets or sets how much may be spent, in USD.</summary>
    /// <value>The default is <see langword="null"/>: no limit in money. Must be greater than 0, and this or <see cref="TokenLimit"/> must be given.</value>
    public decimal? Limit { get; set; }

    /// <summary>Gets or sets how many tokens may be used, input and output together.</summary>
    /// <value>The default is <see langword="null"/>: no limit in tokens. Must be greater than 0.</value>
    public long? TokenLimit { get; set; }

    /// <summary>Gets or sets over which time spend is added up.</summary>
    /// <value>The default is <see cref="BudgetWindow.CalendarDay"/>.</value>
    public BudgetWindow Window { get; set; }

    /// <summary>Gets or sets the length of the window, with <see cref="BudgetWindow.Rolling"/>.</summary>
    /// <value>The default is <see langword="null"/>. From a second to 366 days; required with that window and not allowed with others.</value>
    public TimeSpan? Period { get; set; }

    /// <summary>Gets or sets in which time zone days and months begin, such as <c>Europe/Berlin</c>.</summary>
    /// <value>The default is <see langword="null"/>: UTC. Only with the calendar windows; must be known to the machine.</value>
    public string? TimeZone { get; set; }

    /// <summary>Gets or sets what happens to a call for which not enough is left.</summary>
    /// <value>The default is <see cref="BudgetMode.Block"/>.</value>
    public BudgetMode Mode { get; set; }

    /// <summary>Gets or sets at which parts of the limit an event <c>budget_threshold</c> is raised, such as 0.5 and 0.8.</summary>
    /// <value>Empty by default. Each greater than 0 and at most 1, and each once; not with <see cref="BudgetWindow.PerCall"/>.</value>
    /// <remarks>Raised when a call that has ended takes what was spent there: once in a window, for each account of the budget (each user, say).</remarks>
    public IList<decimal> AlertAt { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether a stream is ended when it has taken its reserve and the budget has no more for it.</summary>
    /// <value>The default is <see langword="false"/>: a call that was let through runs to its end. Only with <see cref="BudgetMode.Block"/>.</value>
    /// <remarks>
    /// What was delivered stays delivered. A last update says <c>Length</c>, as when the model itself reaches its limit, and the span's
    /// <c>aiobs.stream.outcome</c> is <c>budget</c>. What a stream has taken is measured as it is delivered, so it can be one update late.
    /// </remarks>
    public bool EndStreams { get; set; }

    /// <summary>Gets or sets a value indicating whether calls of models without a known price are refused by a limit in money.</summary>
    /// <value>The default is <see langword="false"/>: they pass, nothing is reserved for them, and only what turns out to be their cost is charged.</value>
    public bool RefuseUnpriced { get; set; }

    internal Budget Clone()
    {
        var copy = (Budget)MemberwiseClone();
        copy.AlertAt = [.. AlertAt];
        return copy;
    }
}
