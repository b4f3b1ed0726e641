using System.Globalization;

namespace AiObs.Pipeline;

/// <summary>Finds calls that nobody prices, and failures that a sampler leaves out.</summary>
internal sealed class CallsCheck(CallCounts counts) : IDoctorCheck
{
    private const string NoCost = "AIOBS001";
    private const string SampledFailures = "AIOBS005";

    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) => new([.. FindNoCost(), .. FindSampledFailures()]);

    private IEnumerable<DoctorFinding> FindNoCost()
    {
        if (counts is { Used: > 0 and var used, Costed: 0 })
        {
            yield return new(
                NoCost,
                DoctorSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"{used} model calls used tokens, and none has a cost."),
                "Cost tracking is off, so that nothing is priced and no budget holds.",
                "services.AddAgentObservability().AddCostTracking();");
        }
    }

    private IEnumerable<DoctorFinding> FindSampledFailures()
    {
        // Where nothing at all is recorded, nobody exports: that is another finding.
        if (counts is { FailedUnrecorded: > 0 and var failed, Recorded: > 0 and var recorded })
        {
            yield return new(
                SampledFailures,
                DoctorSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"{failed} operations failed without a span that is exported, while {recorded} others have one."),
                "A sampler decides when a span starts, before anybody knows that it will fail.",
                "tracing.SetSampler(new AlwaysOnSampler()).AddKeepInteresting(exporter);");
        }
    }
}
