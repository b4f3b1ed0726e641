namespace AiObs.Cost.Budgets;

/// <summary>Over which time spend is added up.</summary>
public enum BudgetWindow
{
    /// <summary>The calendar day; see <see cref="Budget.TimeZone"/>. The default.</summary>
    CalendarDay,

    /// <summary>The calendar month; see <see cref="Budget.TimeZone"/>.</summary>
    CalendarMonth,

    /// <summary>The last <see cref="Budget.Period"/>, at every moment.</summary>
    /// <remarks>Spend is kept in sixtieths of the period and leaves a whole one at a time, never early: it counts for one to 1 1/60 periods.</remarks>
    Rolling,

    /// <summary>Nothing is added up: each call by itself must stay below the limit.</summary>
    PerCall,

    /// <summary>As long as the process runs. Only where the number of accounts is fixed: globally, or for one named tag.</summary>
    Lifetime,
}
