using System.Diagnostics;
using OpenTelemetry;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>
/// Keeps finished spans back until their trace has ended, hands on those of interesting traces and of a part of the ordinary ones, and counts
/// the rest.
/// </summary>
/// <remarks>
/// A trace is decided when its last root in this process ends, when it has waited for too long, or when too much waits. Spans that end later
/// follow the decision. Everything that waits is decided on a flush and at shutdown. Spans that a sampler has left out already pass through.
/// A processor that is added to this one gets every span.
/// </remarks>
internal sealed class KeepInterestingProcessor : CompositeProcessor<Activity>
{
    public KeepInterestingProcessor(
        BaseProcessor<Activity> processor, KeepInterestingOptions options, TimeProvider? clock = null, string meterName = AgentObservabilityOptions.DefaultSourceName)
        : base([Create(processor, options, clock, meterName)])
    {
    }

    /// <summary>
    /// Makes what does the work. It stands inside, since a provider adds further processors to a composite that is there first, and they
    /// would get nothing but what is kept.
    /// </summary>
    private static SamplingProcessor Create(
        BaseProcessor<Activity> processor, KeepInterestingOptions options, TimeProvider? clock, string meterName)
    {
        ArgumentNullException.ThrowIfNull(processor);
        KeepInterestingOptionsValidator.ThrowIfWrong(options);
        return new SamplingProcessor(processor, options, clock ?? TimeProvider.System, meterName);
    }
}
