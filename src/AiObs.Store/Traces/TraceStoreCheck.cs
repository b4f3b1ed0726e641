using System.Globalization;
using AiObs.Delivery;

namespace AiObs.Store.Traces;

/// <summary>Finds a trace store that does not take spans, and spans that were lost.</summary>
internal sealed class TraceStoreCheck(TraceWriter writer) : IDoctorCheck
{
    private const string StoreFails = "AIOBS032";
    private const string SpansLost = "AIOBS033";

    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) =>
        new(writer.Status is { } status ? [.. FindIn(status)] : []);

    private IEnumerable<DoctorFinding> FindIn(DeliveryStatus status)
    {
        if (status.State is DeliveryState.Retrying or DeliveryState.Broken or DeliveryState.Hung)
        {
            yield return new(
                StoreFails,
                status.State == DeliveryState.Retrying ? DoctorSeverity.Warning : DoctorSeverity.Error,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The trace store is {status.State.ToString().ToLowerInvariant()} after {status.Failures} failures, last {status.LastErrorType ?? "none"}; {status.Waiting} of {writer.Capacity} spans wait."),
                "The database is away, refuses spans or does not answer. They wait, and are lost once the queue is full.",
                "Check the database; the application's log has the first failure.");
        }

        if (status.Drops is { Total: > 0 } drops)
        {
            yield return new(
                SpansLost,
                DoctorSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"{drops.Total} spans were lost: {drops.Describe()}."),
                "Spans come faster than the store takes them, it was away for too long, or it refused some. Traces have gaps.",
                "AddTraces(t => t.QueueCapacity = …);");
        }
    }
}
