using AiObs.Cost;

namespace AiObs.Operations;

/// <summary>Finds the cost record of a model operation.</summary>
public static class AiObsModelOperationExtensions
{
    /// <summary>Returns the record that cost tracking made of a call.</summary>
    /// <param name="operation">The operation, which has ended.</param>
    /// <returns>The record; <see langword="null"/> while it runs, where nothing tracks costs, and where a call that failed took nothing that is known of.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is <see langword="null"/>.</exception>
    public static CostRecord? GetCostRecord(this ModelOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.Cost?.Record as CostRecord;
    }
}
