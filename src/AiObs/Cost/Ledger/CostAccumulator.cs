namespace AiObs.Cost.Ledger;

/// <summary>Running totals, readable at any moment.</summary>
public sealed class CostAccumulator
{
    /// <summary>Adds a record to the totals it counts to.</summary>
    /// <param name="record">The record.</param>
    public void Add(CostRecord record) => throw new NotImplementedException();
}
