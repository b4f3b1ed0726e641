using AiObs.Cost.Repricing;

namespace AiObs.Cost;

/// <summary>Prices calls again from the usage on their receipts: to correct what was recorded, or to see what would have been. Nothing is written.</summary>
public static class CostRepricing
{
    /// <summary>Prices a call again.</summary>
    /// <param name="record">The record of the call, or its latest correction.</param>
    /// <param name="scenario">Under what.</param>
    /// <returns>Both amounts.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="record"/> or <paramref name="scenario"/> is <see langword="null"/>.</exception>
    public static CostComparison Compare(CostRecord record, CostScenario scenario)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(scenario);
        return new(record, ScenarioPricing.Price(record, scenario));
    }

    /// <summary>Prices a call again and makes the record that corrects it, for the store.</summary>
    /// <param name="record">The record of the call, or its latest correction.</param>
    /// <param name="scenario">Under what.</param>
    /// <returns>The correction; <see langword="null"/> when the amount stays as it is or is not known. <see cref="Compare"/> tells which.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="record"/> or <paramref name="scenario"/> is <see langword="null"/>.</exception>
    public static CostRecord? Reprice(CostRecord record, CostScenario scenario) => Compare(record, scenario).ToCorrection();

    /// <summary>Prices many calls again and adds them up.</summary>
    /// <param name="records">The records, with their corrections where there are any; of a call, the latest one counts.</param>
    /// <param name="scenario">Under what.</param>
    /// <returns>The sums, and the amounts of each call.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="records"/> or <paramref name="scenario"/> is <see langword="null"/>.</exception>
    public static WhatIfResult WhatIf(IEnumerable<CostRecord> records, CostScenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return new([.. Latest(records).Select(record => Compare(record, scenario))]);
    }

    /// <summary>Picks, of each call, the record that holds: the latest correction, or the first record where there is none.</summary>
    /// <param name="records">The records of calls with all their corrections.</param>
    /// <returns>Those that no other one corrects, in their order. <see cref="Reprice"/> each of them to correct many calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="records"/> is <see langword="null"/>.</exception>
    public static IReadOnlyList<CostRecord> Latest(IEnumerable<CostRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var all = records.ToList();
        var corrected = all.Select(static record => record.Corrects).ToHashSet();
        return all.FindAll(record => !corrected.Contains(record.Id));
    }
}
