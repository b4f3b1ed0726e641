using System.Globalization;
using AiObs.Operations;

namespace AiObs.Store.Traces;

/// <summary>Finds model calls that have not ended for longer than any takes: mostly streams that were left without being disposed.</summary>
internal sealed class UnendedSpansCheck(TraceWriter writer) : IDoctorCheck
{
    private const string NeverEnds = "AIOBS006";

    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(30);

    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default)
    {
        SpanRecord[] old = [.. (writer.Running?.List() ?? []).Where(static span => span.Kind == OperationKind.Chat && span.Duration >= LongestCall)];
        return new(old.Length == 0
            ? []
            :
            [
                new(
                    NeverEnds,
                    DoctorSeverity.Warning,
                    string.Create(CultureInfo.InvariantCulture, $"{old.Length} model calls have not ended for more than 30 minutes; the oldest is {LogText.Name(old[0].Name)}, since {old[0].Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."),
                    "Most likely the enumerator of a stream was neither read to its end nor disposed, so that the call has no span, no cost, and keeps what budgets reserved for it.",
                    "await foreach (var update in client.GetStreamingResponseAsync(…)) { … }  // or await enumerator.DisposeAsync()"),
            ]);
    }
}
