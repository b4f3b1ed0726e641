namespace AiObs.Cost.Budgets;

/// <summary>What was set aside for one call.</summary>
internal sealed class BudgetReservation
{
    /// <summary>Replaces the reservation by what the call really took; only the first settlement or release counts.</summary>
    /// <param name="cost">The cost in USD; <see langword="null"/> when unpriced.</param>
    /// <param name="tokens">The tokens used.</param>
    public void Settle(decimal? cost, long tokens) => throw new NotImplementedException();

    /// <summary>Gives everything back: the call never happened or took nothing.</summary>
    public void Release() => throw new NotImplementedException();

    /// <summary>Tells whether what a running stream has taken so far is more than was set aside and more than the budgets still have.</summary>
    public bool IsExhausted(decimal? cost, long tokens) => throw new NotImplementedException();
}
