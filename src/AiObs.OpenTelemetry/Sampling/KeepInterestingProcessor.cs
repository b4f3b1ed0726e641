using System.Diagnostics;
using AiObs.OpenTelemetry.Sampling;
using Microsoft.Extensions.Options;
using OpenTelemetry;

namespace AiObs.OpenTelemetry;

/// <summary>
/// Keeps finished spans back until their trace has ended, hands on those of interesting traces and of a part of the ordinary ones, and counts
/// the rest.
/// </summary>
/// <remarks>
/// A trace is decided when its last root in this process ends, when it has waited for too long, or when too much waits. Spans that end later
/// follow the decision. Everything that waits is decided on a flush and at shutdown. Spans that a sampler has left out already pass through.
/// A processor that is added to this one gets every span.
/// </remarks>
public sealed class KeepInterestingProcessor : CompositeProcessor<Activity>
{
    /// <summary>Initializes a new instance of the <see cref="KeepInterestingProcessor"/> class.</summary>
    /// <param name="processor">The processor that kept spans are handed to, such as one that exports batches. It is disposed with this one.</param>
    /// <param name="options">What is kept; later changes have no effect.</param>
    /// <param name="clock">The clock that waiting is measured by; that of the system by default.</param>
    /// <param name="meterName">The name of the meter that counts what was left out; <c>AiObs</c> by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="processor"/> or <paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="meterName"/> is empty.</exception>
    /// <exception cref="OptionsValidationException">The options are wrong.</exception>
    public KeepInterestingProcessor(
        BaseProcessor<Activity> processor,
        KeepInterestingOptions options,
        TimeProvider? clock = null,
        string meterName = AgentObservabilityOptions.DefaultSourceName)
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
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(meterName);
        KeepInterestingOptionsValidator.ThrowIfWrong(options);
        return new SamplingProcessor(processor, options, clock ?? TimeProvider.System, meterName);
    }
}
