namespace AiObs.Cost;

/// <summary>What calls cost, and what they would cost under a <see cref="CostScenario"/>.</summary>
public sealed class WhatIfResult
{
    internal WhatIfResult(IReadOnlyList<CostComparison> calls)
    {
        Calls = calls;
        Incomparable = [.. calls.Where(static call => call.Difference is null)];
        foreach (var call in calls.Where(static call => call.Difference is not null))
        {
            Before += call.Before!.Value;
            After += call.After!.Value;
        }
    }

    /// <summary>Gets each call, in the order of the records.</summary>
    public IReadOnlyList<CostComparison> Calls { get; }

    /// <summary>Gets what the calls cost of which both amounts are known.</summary>
    public decimal Before { get; }

    /// <summary>Gets what the same calls would cost.</summary>
    public decimal After { get; }

    /// <summary>Gets by how much they would be dearer.</summary>
    public decimal Difference => After - Before;

    /// <summary>Gets the calls that are in neither sum, as one of their amounts is not known; the receipts say why.</summary>
    public IReadOnlyList<CostComparison> Incomparable { get; }
}
