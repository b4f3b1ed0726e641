using System.Globalization;
using AiObs.Delivery;

namespace AiObs.Cost;

/// <summary>Finds a cost store that does not take records, and records that were lost.</summary>
internal sealed class CostStoreCheck(CostTracking costs) : IDoctorCheck
{
    private const string StoreFails = "AIOBS034";
    private const string RecordsLost = "AIOBS035";

    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) =>
        new(costs.StoreStatus is { } status ? [.. FindIn(status)] : []);

    private static IEnumerable<DoctorFinding> FindIn(DeliveryStatus status)
    {
        if (status.State is DeliveryState.Retrying or DeliveryState.Broken or DeliveryState.Hung)
        {
            yield return new(
                StoreFails,
                status.State == DeliveryState.Retrying ? DoctorSeverity.Warning : DoctorSeverity.Error,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The cost store is {status.State.ToString().ToLowerInvariant()} after {status.Failures} failures, last {status.LastErrorType ?? "none"}; {status.Waiting} records wait."),
                "The database is away, refuses records or does not answer. They wait, and are lost once the queue is full; budgets and totals go on.",
                "Check the database; the application's log has the first failure.");
        }

        if (status.Drops is { Total: > 0 } drops)
        {
            yield return new(
                RecordsLost,
                DoctorSeverity.Error,
                string.Create(CultureInfo.InvariantCulture, $"{drops.Total} cost records were lost: {drops.Describe()}."),
                "The store was away for too long, or refused records. What it adds up is less than what was spent.",
                "AddCostTracking(o => o.StoreQueueCapacity = …);");
        }
    }
}
